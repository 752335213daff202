import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export type ApiComment = { readonly id: number; readonly user: { readonly login: string }; body: string };

/** A request that the stand-in was asked, as far as tests look at it. */
type ApiCall = { readonly method: string; readonly path: string; readonly body: unknown };

export type Api = {
  readonly url: string;
  readonly calls: ApiCall[];
  readonly comments: ApiComment[];
  /** SARIF files that were uploaded, unpacked. */
  readonly uploads: string[];
  readonly pulls: { readonly number: number; readonly head: { readonly sha: string } }[];
  /** What was uploaded as artifacts: the names of the files in a zip, by the artifact's name. */
  readonly artifacts: Map<string, Buffer>;
  readonly close: () => Promise<void>;
};

type ApiOptions = {
  /** The token can only read: every write is refused. */
  readonly readOnly?: boolean;
  readonly login?: string;
  readonly comments?: readonly ApiComment[];
  /** What becomes of an uploaded SARIF file. */
  readonly processing?: 'complete' | 'failed';
  readonly pulls?: Api['pulls'];
};

/** As many comments as the stand-in gives on a page. */
const PAGE = 3;

/** Stands in for as much of GitHub's REST API and of the service for artifacts as the Action uses. */
export async function startGitHubApi(options: ApiOptions = {}): Promise<Api> {
  const state: Omit<Api, 'url' | 'close'> = {
    calls: [],
    comments: [...(options.comments ?? [])],
    uploads: [],
    pulls: options.pulls ?? [],
    artifacts: new Map(),
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((bytes) => {
      answer(request, response, { bytes, state, options });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...state,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

type Asked = {
  readonly bytes: Buffer;
  readonly state: Omit<Api, 'url' | 'close'>;
  readonly options: ApiOptions;
};

function answer(request: IncomingMessage, response: ServerResponse, asked: Asked): void {
  const { bytes, state, options } = asked;
  const { method = '' } = request;
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
  const json = request.headers['content-type']?.includes('json') === true && bytes.length > 0;
  const body: unknown = json ? JSON.parse(bytes.toString('utf8')) : null;
  state.calls.push({ method, path: url.pathname, body });
  const say = (status: number, value: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
  const route = `${method} ${url.pathname}`;
  const isArtifact = url.pathname.startsWith('/twirp/') || url.pathname.startsWith('/blob/');
  if (method !== 'GET' && route !== 'POST /graphql' && options.readOnly === true && !isArtifact) {
    say(403, { message: 'Resource not accessible by integration' });
    return;
  }
  if (isArtifact) artifactAnswer(url, body, { ...asked, say, response });
  else if (route === 'POST /graphql')
    say(200, { data: { viewer: { login: options.login ?? 'github-actions[bot]' } } });
  else if (route === 'GET /repos/octo/fleet/issues/7/comments') say(...commentPage(url, state.comments));
  else if (route === 'POST /repos/octo/fleet/issues/7/comments') {
    const comment = {
      id: 500 + state.comments.length,
      user: { login: options.login ?? 'github-actions[bot]' },
      body: textIn(body, 'body'),
    };
    state.comments.push(comment);
    say(201, comment);
  } else if (method === 'PATCH' && url.pathname.startsWith('/repos/octo/fleet/issues/comments/')) {
    const comment = state.comments.find(({ id }) => String(id) === url.pathname.split('/').at(-1));
    if (comment !== undefined) comment.body = textIn(body, 'body');
    say(comment === undefined ? 404 : 200, comment ?? {});
  } else if (route === 'POST /repos/octo/fleet/code-scanning/sarifs') {
    state.uploads.push(gunzipSync(Buffer.from(textIn(body, 'sarif'), 'base64')).toString('utf8'));
    say(202, { id: 'upload-1', url: `${url.origin}/repos/octo/fleet/code-scanning/sarifs/upload-1` });
  } else if (route === 'GET /repos/octo/fleet/code-scanning/sarifs/upload-1')
    say(200, { processing_status: options.processing ?? 'complete' });
  else if (route === 'GET /repos/octo/fleet/pulls') say(200, state.pulls);
  else say(404, { message: 'Not Found' });
}

function commentPage(url: URL, comments: readonly ApiComment[]): [number, unknown, Record<string, string>] {
  const page = Number(url.searchParams.get('page') ?? '1');
  const isLast = page * PAGE >= comments.length;
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  return [
    200,
    comments.slice((page - 1) * PAGE, page * PAGE),
    isLast ? {} : { link: `<${next.href}>; rel="next"` },
  ];
}

type Artifacts = Asked & {
  readonly say: (status: number, value: unknown) => void;
  readonly response: ServerResponse;
};

/** The three calls of https://github.com/actions/toolkit/tree/main/packages/artifact, and the storage in between. */
function artifactAnswer(url: URL, body: unknown, { bytes, state, say, response }: Artifacts): void {
  const call = url.pathname.split('/').at(-1);
  if (call === 'CreateArtifact') {
    say(200, { ok: true, signed_upload_url: `${url.origin}/blob/${textIn(body, 'name')}?sig=none` });
  } else if (call === 'FinalizeArtifact') say(200, { ok: true, artifact_id: '77' });
  else {
    // Blocks of a blob come one by one, and at last their list.
    const isBlock = url.searchParams.get('comp') !== 'blocklist';
    if (isBlock && call !== undefined)
      state.artifacts.set(call, Buffer.concat([state.artifacts.get(call) ?? Buffer.alloc(0), bytes]));
    response.writeHead(201, {
      'x-ms-request-id': '1',
      etag: '"1"',
      'last-modified': new Date(0).toUTCString(),
    });
    response.end();
  }
}

function textIn(body: unknown, key: string): string {
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value : '';
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
