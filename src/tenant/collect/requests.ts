import type { GraphRequest } from '../graph/types.ts';
import type { Endpoint } from './endpoint.ts';

/** Ids that may stand in a path as they are. Anything else is encoded, so that no id can lead to another path. */
const PLAIN = /^[0-9A-Za-z_-]+$/;

/** The request of an endpoint for one id; lists of the whole tenant have none. */
export function requestOf(endpoint: Endpoint, id = ''): GraphRequest {
  return {
    api: endpoint.api,
    path: endpoint.path.replace('{id}', PLAIN.test(id) ? id : encodeURIComponent(id)),
    label: endpoint.path,
    lane: endpoint.lane,
    ...(endpoint.headers === undefined ? {} : { headers: endpoint.headers }),
  };
}

/** The number of objects of a list, as a part of a batch: `/groups/$count`. */
export function countOf(endpoint: Endpoint): GraphRequest {
  const path = `${endpoint.path.split('?', 1)[0] ?? ''}/$count`;
  return {
    api: endpoint.api,
    path,
    label: path,
    lane: endpoint.lane,
    headers: { ConsistencyLevel: 'eventual' },
  };
}
