import type { ExemptPrincipal } from '../config/config.ts';
import type { Finding } from '../findings/finding.ts';
import { AskedPool } from '../lint/checks.ts';
import { toFindings, type ValueWatch } from '../lint/findings.ts';
import { InventoryBuilder } from '../lint/inventory.ts';
import type { RunJudge } from '../lint/judges.ts';
import type { JudgedChunk } from '../lint/merge.ts';
import type { SourcedRule } from '../lint/policies.ts';
import { factsParts, tenantFacts, type FactsContext } from '../model/facts-of.ts';
import { PrincipalTexts } from '../model/principal-texts.ts';
import type { JsonObject } from '../model/resource.ts';
import { tenantResource, textIn, type TenantPlace, type TenantRecord } from '../model/tenant-resource.ts';
import type { FactGroup, ResourceKind } from '../model/vocabulary.ts';
import { ChunkCutter, type Chunk } from '../policy/chunks.ts';
import type { PolicyError } from '../policy/policy-error.ts';
import { describeOpen } from './describe-open.ts';
import type { TenantKnown } from './known.ts';
import type { NamedInTenant } from './named.ts';
import { notVisible } from './not-visible.ts';
import { described, placesInTenant, type ScannedResource } from './places.ts';
import { propertiesText } from '../tenant/snapshot/reader.ts';
import { withoutPrincipals } from './properties-parts.ts';
import type { TenantSettings } from './settings.ts';
import { SharedParts } from './shared-parts.ts';
import type { SnapshotSource } from './source.ts';
import { JUDGED } from './streams.ts';
import type { Gaps } from './unread.ts';

export type JudgeContext = {
  readonly judge: RunJudge;
  readonly known: TenantKnown;
  readonly place: TenantPlace;
  readonly gaps: (kind: ResourceKind) => Gaps;
  readonly production: FactsContext['production'];
  readonly settings: TenantSettings;
  readonly rules: readonly SourcedRule[];
  /** Principals that no finding counts about. */
  readonly exempt: readonly ExemptPrincipal[];
  /** Keeps who the resources are that a suppression names; `null` when none names any. */
  readonly named: NamedInTenant | null;
  /** Is told of offending values; `null` when nobody asks. */
  readonly values: ValueWatch | null;
  /** Whether what is listed without findings is read again at the end, so that it is not held until then. */
  readonly isLarge: boolean;
  readonly onProgress: (judged: number) => void;
};

/** What came of the resources of a tenant. */
export type Scanned = {
  readonly findings: readonly Finding[];
  readonly inventory: InventoryBuilder;
  readonly broken: ReadonlyMap<number, PolicyError>;
  /** Resources that were judged. */
  readonly read: number;
  /** How many resources say of themselves that a group is unknown, by kind and group. */
  readonly marked: ReadonlyMap<string, number>;
};

/** Judges the resources of a snapshot stream by stream, and keeps nothing of them but what was found. */
export async function judgeSnapshot(source: SnapshotSource, context: JudgeContext): Promise<Scanned> {
  const scanner = new Scanner(context);
  for (const { stream, kind } of JUDGED) {
    scanner.begin(kind);
    for await (const { records, lines } of source.records(stream)) {
      for (const [place, record] of records.entries()) {
        const full = scanner.add(record, lines[place] ?? '');
        if (full !== null) await scanner.give(full);
      }
    }
    const rest = scanner.end();
    if (rest !== null) await scanner.give(rest);
  }
  await scanner.takeAll();
  await scanner.describeOpen(source);
  return scanner.result();
}

/** The key of `Scanned.marked`. */
export function markKey(kind: ResourceKind, group: FactGroup): string {
  return `${kind}/${group}`;
}

class Scanner {
  readonly #context: JudgeContext;
  /** Whether the built-in rules judge alone. */
  readonly #isOurs: boolean;
  readonly #findings: Finding[] = [];
  readonly #inventory: InventoryBuilder;
  readonly #pool = new AskedPool();
  readonly #broken = new Map<number, PolicyError>();
  readonly #marked = new Map<string, number>();
  readonly #principals = new PrincipalTexts();
  readonly #shared = new SharedParts(this.#principals);
  readonly #open = new Map<number, ScannedResource>();
  /** Chunks that are being judged, in their order. */
  readonly #given: { readonly chunk: Chunk; readonly answer: Promise<JudgedChunk> }[] = [];
  #kind: ResourceKind = 'organization';
  #cutter = new ChunkCutter({ kind: 'organization', from: 'tenant' });
  #next = 0;
  #judged = 0;

  constructor(context: JudgeContext) {
    this.#context = context;
    this.#inventory = new InventoryBuilder(context.known.families);
    this.#isOurs = context.rules.every(({ source }) => source.kind === 'built-in');
  }

  begin(kind: ResourceKind): void {
    this.#kind = kind;
    this.#cutter = new ChunkCutter({ kind, from: 'tenant' });
  }

  /** Takes one more; gives the chunk that is full because of it, to be judged at once. */
  add(read: TenantRecord, line: string): Chunk | null {
    const { place, gaps, production, settings } = this.#context;
    const kind = this.#kind;
    const { all, told } = gaps(kind);
    const record = this.#withUnseen(this.#whole(read));
    const resource = tenantResource(kind, record, place, told);
    const { key, off, effective } = settings.of(kind, record);
    const facts = tenantFacts(resource, { settings: key, production });
    const [text, ...rest] = factsParts(
      {
        derived: facts,
        properties: record.properties,
        text: this.#properties(record, read, line),
      },
      this.#principals,
    );
    const subject = {
      ref: resource.ref,
      kind,
      from: 'tenant',
      facts: text,
      rest,
      unknown: record.unknown === undefined ? all : { ...all, ...record.unknown },
      off,
    } as const;
    for (const group in read.unknown) this.#mark(markKey(kind, group as FactGroup));
    this.#open.set(this.#next, {
      resource,
      id: record.id,
      settings: { effective, production: facts.production },
    });
    const full = this.#cutter.add(subject, this.#next);
    this.#next += 1;
    return full;
  }

  #properties({ properties }: TenantRecord, read: TenantRecord, line: string): readonly string[] {
    if (properties !== read.properties) return [JSON.stringify(properties)];
    const text = propertiesText(line, properties);
    return this.#isOurs ? withoutPrincipals(text, properties) : [text];
  }

  /** What is left of a kind. */
  end(): Chunk | null {
    return this.#cutter.rest();
  }

  result(): Scanned {
    return {
      findings: this.#findings,
      inventory: this.#inventory,
      broken: this.#broken,
      read: this.#next,
      marked: this.#marked,
    };
  }

  /** Reads what is listed and not described yet once more. */
  async describeOpen(source: SnapshotSource): Promise<void> {
    await describeOpen(source, this.#inventory, { place: this.#context.place, shared: this.#shared });
  }

  /** The tenant itself has what is known of it as a whole. */
  #whole(record: TenantRecord): TenantRecord {
    if (this.#kind !== 'organization') return record;
    const properties: JsonObject = { ...record.properties, ...this.#context.known.organization };
    return { ...record, properties };
  }

  #withUnseen(record: TenantRecord): TenantRecord {
    const { known, gaps } = this.#context;
    const unseen = notVisible(this.#kind, record, { known: known.known, unread: gaps(this.#kind).all });
    return unseen === null ? record : { ...record, unknown: { ...unseen, ...record.unknown } };
  }

  /** Gives a chunk to be judged, and waits only as long as there are as many before it as may be. */
  async give(chunk: Chunk): Promise<void> {
    const { judge } = this.#context;
    const answer = judge.judge(chunk);
    // Waited for in its turn, which comes later than a fault may.
    answer.catch(() => undefined);
    this.#given.push({ chunk, answer });
    while (this.#given.length >= judge.atOnce) await this.#takeFirst();
  }

  async takeAll(): Promise<void> {
    while (this.#given.length > 0) await this.#takeFirst();
  }

  /** Takes what came of the chunk that was given first. */
  async #takeFirst(): Promise<void> {
    const first = this.#given.shift();
    if (first !== undefined) this.#keep(first.chunk, await first.answer);
  }

  #keep(chunk: Chunk, { findings: raw, broken }: JudgedChunk): void {
    for (const [index, fault] of broken) this.#broken.set(index, fault);
    const findings = raw.length === 0 ? [] : this.#placed(raw);
    for (const finding of findings) this.#findings.push(finding);
    this.#list(chunk, new Set(findings.map(({ owner }) => owner)));
    for (const index of chunk.indices) this.#open.delete(index);
    this.#judged += chunk.subjects.length;
    this.#context.onProgress(this.#judged);
  }

  #placed(raw: JudgedChunk['findings']): readonly Finding[] {
    const { known, place, rules, exempt, values } = this.#context;
    const open = this.#open;
    const places = placesInTenant({ places: known.places, tenantId: place.tenantId, open, exempt });
    return toFindings(raw, { ...places, values }, rules);
  }

  #list({ kind, indices, subjects }: Chunk, found: ReadonlySet<number>): void {
    const { isLarge, named } = this.#context;
    for (const [place, index] of indices.entries()) {
      const scanned = this.#open.get(index);
      const subject = subjects[place];
      if (scanned === undefined || subject === undefined) continue;
      const fault = this.#broken.get(index) ?? null;
      const hasFindings = found.has(index);
      const isLater = isLarge && !hasFindings && fault === null;
      named?.take(index, scanned, { asked: this.#pool.shared(subject), isBroken: fault !== null });
      this.#inventory.add({
        asked: subject,
        hasFindings,
        fault,
        madeFrom:
          kind === 'agentIdentity' ? textIn(scanned.resource.properties, 'agentIdentityBlueprintId') : null,
        isAgain: false,
        describe: isLater ? null : () => described(scanned, this.#shared),
      });
    }
  }

  #mark(key: string): void {
    this.#marked.set(key, (this.#marked.get(key) ?? 0) + 1);
  }
}
