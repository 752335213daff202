import { partReply, readBatch } from './batch.ts';
import { ok, type Reply } from './call.ts';
import { damage, type DamageContext, type RawReply } from './damage.ts';
import type { Entity } from './entities.ts';
import { GraphFailure } from './errors.ts';
import type { Fault, FaultScript } from './faults.ts';
import type { WritableLog } from './log.ts';
import type { MemoryTenant } from './memory-tenant.ts';
import { failureReply, labelOf, serve, type DataRequest, type Service } from './service.ts';
import { readToken } from './tokens.ts';

/** An answer, and what goes wrong while it is sent. */
export type Handled = {
  readonly reply: Reply | RawReply;
  readonly fault: Fault | null;
  readonly requestId: string;
};

export type DispatchParts = {
  readonly service: Service;
  readonly script: FaultScript;
  readonly log: WritableLog;
};

/** A request as it came in: its token is not read yet. */
export type Incoming = Omit<DataRequest, 'claims'> & { readonly body: string; readonly roundTrip: number };

/** Faults of the connection, which a part of a batch shares with the whole batch. */
const BREAKS: readonly Fault['kind'][] = ['reset', 'hang', 'drip'];

/** Whether a fault takes the place of the answer, which then need not be made. */
function replaces(fault: Fault | null): boolean {
  return fault !== null && ['status', 'claims', 'instead', 'redirect'].includes(fault.kind);
}

function withoutToken(headers: { readonly [name: string]: string }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
}

/** Answers requests for data: token, faults, batches and the log. */
export function createDispatch({ service, script, log }: DispatchParts): (incoming: Incoming) => Handled {
  const { tenant, clock } = service;
  const firsts = new Map<string, Entity>();

  function remember(label: string | null, url: string, reply: Reply): void {
    const value = typeof reply.body === 'object' ? reply.body?.['value'] : undefined;
    if (!Array.isArray(value) || url.includes('skiptoken=')) return;
    const [first] = value as readonly Entity[];
    if (first !== undefined) firsts.set(label ?? '', first);
  }

  function vanish(fault: Extract<Fault, { kind: 'vanish' }>, url: string): void {
    const id = fault.id ?? /[0-9a-f]{8}-[0-9a-f-]{27}/i.exec(url)?.[0];
    if (id === undefined || !('change' in tenant) || tenant.object(id) === undefined) return;
    (tenant as MemoryTenant).change.remove(id);
  }

  function write(request: Omit<DataRequest, 'claims'>, entry: Entry): void {
    const { method, version, url, headers } = request;
    const hasToken = headers['authorization'] !== undefined;
    log.add({ method, version, url, headers: withoutToken(headers), hasToken, ...entry });
  }

  function contextOf(
    { origin, version, url }: DataRequest,
    requestId: string,
    first: Entity | null,
  ): DamageContext {
    return { origin, address: `/${version}${url}`, first, requestId, now: clock.now() };
  }

  function answer(request: DataRequest, part: boolean, roundTrip: number): Handled {
    const { version, url } = request;
    const label = labelOf(url, version);
    const fault = script.take({ label, url, version, part });
    if (fault?.kind === 'vanish') vanish(fault, url);
    const served = replaces(fault)
      ? { reply: ok(null), requestId: service.nextRequestId(), cost: 0 }
      : serve(service, request);
    if (!replaces(fault)) remember(label, url, served.reply);
    const first = url.includes('skiptoken=') ? (firsts.get(label ?? '') ?? null) : null;
    const { requestId, cost } = served;
    const reply =
      fault === null ? served.reply : damage(served.reply, fault, contextOf(request, requestId, first));
    const status = fault?.kind === 'hang' || fault?.kind === 'reset' ? 0 : reply.status;
    write(request, { label, status, roundTrip, part, cost });
    return { reply, fault, requestId };
  }

  function answerParts(
    request: DataRequest,
    body: string,
    roundTrip: number,
  ): { reply: Reply; fault: Fault | null } {
    const { version, origin, claims } = request;
    const answers = readBatch(body).map((part) => ({
      id: part.id,
      ...answer({ ...part, version, origin, claims }, true, roundTrip),
    }));
    // Answers come in any order.
    const responses = answers
      .map(({ id, reply }) => partReply(id, 'raw' in reply ? { ...reply, body: reply.raw } : reply))
      .toReversed();
    const broken = answers.find(({ fault }) => fault !== null && BREAKS.includes(fault.kind));
    return { reply: ok({ responses }), fault: broken?.fault ?? null };
  }

  function answerBatch(request: DataRequest, body: string, roundTrip: number): Handled {
    const requestId = service.nextRequestId();
    const { version, url } = request;
    const fault = script.take({ label: '/$batch', url, version, part: false });
    const served = replaces(fault) ? { reply: ok(null), fault } : answerParts(request, body, roundTrip);
    const reply =
      fault === null ? served.reply : damage(served.reply, fault, contextOf(request, requestId, null));
    write(request, { label: '/$batch', status: reply.status, roundTrip, part: false, cost: 0 });
    return { reply, fault: fault ?? served.fault, requestId };
  }

  return (incoming) => {
    const { body, roundTrip, ...request } = incoming;
    const batch = request.url === '/$batch';
    try {
      const claims = readToken(request.headers['authorization'], tenant.id, clock.now());
      if (!batch) return answer({ ...request, claims }, false, roundTrip);
      if (request.method === 'POST') return answerBatch({ ...request, claims }, body, roundTrip);
      throw new GraphFailure(405, 'Request_BadRequest', 'Only POST is allowed for $batch.');
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      const requestId = service.nextRequestId();
      const reply = failureReply(error, requestId, clock.now());
      const label = batch ? request.url : labelOf(request.url, request.version);
      write(request, { label, status: reply.status, roundTrip, part: false, cost: 0 });
      return { reply, fault: null, requestId };
    }
  };
}

type Entry = {
  readonly label: string | null;
  readonly status: number;
  readonly roundTrip: number;
  readonly part: boolean;
  readonly cost: number;
};
