import { DefaultArtifactClient } from '@actions/artifact';

/** Uploads files as an artifact of the run. Gives its id, if it has one. */
export async function uploadFiles(name: string, paths: string[], folder: string): Promise<number | null> {
  const { id } = await new DefaultArtifactClient().uploadArtifact(name, paths, folder);
  return id ?? null;
}
