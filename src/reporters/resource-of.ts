import type { Finding } from '../findings/finding.ts';
import type { ReportedResource } from '../findings/report.ts';

/** Gives the resource that a finding is about. Of two files that mean the same one, each has its own findings. */
export function resourceLookUp(
  resources: readonly ReportedResource[],
): (finding: Finding) => ReportedResource | undefined {
  const byRef = new Map<string, ReportedResource>();
  const byPlace = new Map<string, ReportedResource>();
  for (const resource of resources) {
    byRef.set(resource.ref, byRef.get(resource.ref) ?? resource);
    byPlace.set(placeKey(resource.ref, resource.location.uri), resource);
  }
  return ({ resource: { ref }, location: { uri } }) => byPlace.get(placeKey(ref, uri)) ?? byRef.get(ref);
}

function placeKey(ref: string, uri: string): string {
  return JSON.stringify([ref, uri]);
}
