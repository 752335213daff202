import { reason } from '../util/reason.ts';
import type { ReportFile } from './argv.ts';

/**
 * Keeps the reports with the run under a name. The library for it is large and a file of its own, loaded when it is used.
 * Gives a sentence for the log.
 * @throws {ArtifactError}
 */
export async function keepArtifact(
  name: string,
  files: readonly Pick<ReportFile, 'path'>[],
  folder: string,
): Promise<string> {
  const { uploadFiles } = await import('./artifact-client.ts');
  try {
    const id = await uploadFiles(
      name,
      files.map(({ path }) => path),
      folder,
    );
    return `the reports were kept as the artifact "${name}"${id === null ? '' : ` (${id})`}`;
  } catch (error) {
    throw new ArtifactError(`the reports were not kept as an artifact: ${reason(error)}`, { cause: error });
  }
}

/** The reports could not be kept; what was found is not touched by it. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
}
