import { BlueprintNames, settingsTarget, type SettingsTarget } from '../model/settings-target.ts';
import { textIn } from '../model/tenant-resource.ts';
import type { DocumentResource } from '../model/resource.ts';
import { readInputs, type InputRequest } from './inputs.ts';

/** Resources of one file as settings see them. Problems in files are passed over: nothing is judged. */
export async function targetsIn(
  request: InputRequest,
  uri: string,
): Promise<readonly { readonly name: string; readonly target: SettingsTarget }[]> {
  const names = new BlueprintNames();
  const found: Pick<DocumentResource, 'kind' | 'ref' | 'properties'>[] = [];
  await readInputs(request, ({ kind, ref, properties, origin }) => {
    names.add({ kind, properties, id: textIn(properties, 'id') });
    if (origin.uri === uri) found.push({ kind, ref, properties });
  });
  return found.map(({ kind, ref, properties }) => ({
    name: ref,
    target: settingsTarget({ uri, tenant: null }, { kind, properties, id: textIn(properties, 'id') }, names),
  }));
}
