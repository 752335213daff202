import type { Diagnosis, GroupCheck } from '../doctor.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor, type Style, type Tone } from '../reporters/style.ts';
import { count, wrapWords } from '../reporters/text.ts';
import { durationInWords } from './duration.ts';
import { collectionInWords, listed } from './fact-words.ts';
import type { TenantTarget } from './tenant-target.ts';

/** What `doctor` has found, for people and for programs. */
export type Findings = {
  readonly version: string;
  readonly runtime: string;
  readonly policies: readonly { readonly source: string; readonly digest: string; readonly rules: number }[];
  readonly rules: { readonly on: number; readonly ofTenants: number };
  readonly config: { readonly file: string | null; readonly tenants: readonly string[] };
  readonly target: TenantTarget;
  readonly network: readonly { readonly name: string; readonly value: string }[];
  readonly offline: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly diagnosis: Diagnosis;
};

type Page = { readonly style: Style; readonly width: number };

const LABEL = 11;

const STATUS_WORDS: { readonly [status in GroupCheck['status']]: readonly [text: string, tone: Tone] } = {
  readable: ['readable', 'good'],
  forbidden: ['forbidden', 'problem'],
  unlicensed: ['unlicensed', 'medium'],
  failed: ['failed', 'problem'],
  untried: ['not tried', 'dim'],
};
const STATUS = Math.max(...Object.values(STATUS_WORDS).map(([text]) => text.length));

export function doctorText(
  findings: Findings,
  look: { readonly color: boolean; readonly width: number },
): string {
  const page = { style: styleFor(look), width: look.width };
  const { version, runtime, policies, rules, diagnosis } = findings;
  const { groups } = diagnosis;
  return joinLines([
    ...row('program', [`agentid-lint ${version}, ${runtime}`], page),
    ...row(
      'policies',
      policies.map(({ source, digest, rules: all }) => `${source}: ${count(all, 'rule')}, ${digest}`),
      page,
    ),
    ...row('', [`${rules.on} on, of which ${rules.ofTenants} judge a tenant`], page),
    ...row('config', [configWords(findings)], page),
    ...row('tenant', tenantWords(findings), page),
    ...row('network', networkWords(findings), page),
    ...row('sign-in', signInWords(findings), page),
    ...row('token', tokenWords(findings), page),
    ...row('clock', clockWords(diagnosis), page),
    ...(groups.length === 0 ? [] : ['', ...groups.flatMap((group) => groupLines(group, page))]),
    '',
    ...conclusion(findings, page),
  ]);
}

/** A label and its lines; the label stands once. */
function row(label: string, texts: readonly string[], { style, width }: Page): readonly string[] {
  const lines = texts.flatMap((text) => wrapWords(text.split(' '), width - LABEL));
  return lines.map(
    (line, place) => `${style.paint('bold', (place === 0 ? label : '').padEnd(LABEL))}${visible(line)}`,
  );
}

function configWords({ config: { file, tenants } }: Findings): string {
  if (file === null) return 'none';
  return tenants.length === 0 ? `${file}, without tenants` : `${file}, with ${listed(tenants)}`;
}

function tenantWords({ target, diagnosis: { endpoints, token } }: Findings): readonly string[] {
  const { name, tenantId, cloud } = target;
  const id = tenantId ?? token?.tenantId ?? null;
  const which = id === null ? 'the one that the credential is for' : name === null ? id : `${name}, ${id}`;
  const hosts = endpoints === null ? [] : [`Graph at ${endpoints.graph}, sign-in at ${endpoints.login}`];
  return [`${which} (cloud ${cloud})`, ...hosts];
}

function networkWords({ network, diagnosis }: Findings): readonly string[] {
  if (network.length === 0) return ['no proxy, no certificates of its own'];
  return [...network.map(({ name, value }) => `${name}=${value}`), ...diagnosis.network];
}

function signInWords({ diagnosis: { signIn, problem, token } }: Findings): readonly string[] {
  if (signIn === null) return [problem === null ? 'unknown' : 'there is no way'];
  return [signIn.says, ...(token?.warnings ?? [])];
}

function tokenWords({ diagnosis: { token, permissions }, now, offline }: Findings): readonly string[] {
  if (token === null) return offline ? ['not asked for (--offline)'] : ['none'];
  if (!token.isReadable) return ['cannot be read, so that what it permits is unknown'];
  const { kind, clientId, expiresAt } = token;
  const holder = kind === 'user' ? 'of a signed-in user, for the app' : 'of the app';
  const left = expiresAt === null ? null : expiresAt - now / 1000;
  const expiry = left === null ? '' : `, valid for ${durationInWords(left)}`;
  return [`${holder} ${clientId ?? 'that does not say its id'}${expiry}`, ...permissionWords(permissions)];
}

function permissionWords(permissions: Diagnosis['permissions']): readonly string[] {
  if (permissions === null) return [];
  const { needed, missing } = permissions;
  return missing.length === 0
    ? [`every permission that the rules need (${needed.length})`]
    : [`without ${listed(missing)}, which the rules need`];
}

const SKEW = 300;

function clockWords({ clockSkew }: Diagnosis): readonly string[] {
  if (clockSkew === null) return [];
  const apart = `${durationInWords(Math.abs(clockSkew))} apart from Graph's`;
  return [Math.abs(clockSkew) > SKEW ? `${apart}, which is too much for tokens` : apart];
}

function groupLines(group: GroupCheck, { style, width }: Page): readonly string[] {
  const { status, permissions, reason, api, evidence } = group;
  const [text, tone] = STATUS_WORDS[status];
  const title = `${collectionInWords(group)}${api === 'beta' ? ' (beta)' : ''}`;
  const line = `${style.paint(tone, text.padEnd(STATUS))}  ${visible(title)}`;
  if (status === 'readable' || reason === null) return [line];
  const answer = [evidence?.status, evidence?.code].filter((part) => part !== undefined && part !== null);
  const code = answer.length === 0 ? '' : ` (${answer.join(' ')})`;
  const needs = status === 'forbidden' ? `; needs ${listed(permissions)}` : '';
  const words = visible(`${reason}${code}${needs}`);
  if (STATUS + 2 + title.length + 2 + words.length <= width) return [`${line}: ${words}`];
  return [
    line,
    ...wrapWords(words.split(' '), width - STATUS - 4).map((each) => ' '.repeat(STATUS + 4) + each),
  ];
}

function conclusion({ diagnosis, offline }: Findings, { style, width }: Page): readonly string[] {
  const { problem, groups } = diagnosis;
  if (problem !== null)
    return [
      style.paint('problem', visible(`${problem.message} (exit 5)`)),
      ...wrapWords(problem.hint.split(' '), width - 2).map((line) => `  ${visible(line)}`),
    ];
  if (offline) return ['Nobody was asked. Without --offline, sign-in and every group of facts are tried.'];
  const bad = groups.filter(({ status }) => status !== 'readable' && status !== 'untried');
  const tried = groups.filter(({ status }) => status !== 'untried');
  if (bad.length > 0)
    return [
      style.paint(
        'problem',
        `${bad.length} of ${count(groups.length, 'group')} cannot be read: rules that need them would be skipped (exit 4)`,
      ),
    ];
  const rest = tried.length === groups.length ? '' : `, ${groups.length - tried.length} not tried`;
  return [style.paint('good', `${count(tried.length, 'group')} can be read${rest}`)];
}
