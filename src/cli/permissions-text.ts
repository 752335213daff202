import type { NeededPermission, NeededPermissions } from '../permissions.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor, type Style } from '../reporters/style.ts';
import { count, wrapWords } from '../reporters/text.ts';
import { collectionsInWords } from './fact-words.ts';

type Look = { readonly color: boolean; readonly width: number };

const SHOWN_RULES = 3;
const LABEL = 'unconfirmed  '.length;

/** The permissions for people: what each is for, those that only the beta of Graph needs last. */
export function permissionsText(needed: NeededPermissions, look: Look): string {
  const style = styleFor(look);
  const { kind, permissions, rules } = needed;
  if (permissions.length === 0)
    return joinLines(['No rule that is on judges a tenant, so that no permission is needed.']);
  const stable = permissions.filter(({ beta }) => !beta);
  const beta = permissions.filter((permission) => permission.beta);
  const open = permissions.filter(({ unconfirmed }) => unconfirmed.length > 0).length;
  const width = Math.max(...permissions.map(({ name }) => name.length));
  const blocks = (some: readonly NeededPermission[]) =>
    some.flatMap((permission) => [
      '',
      ...block(permission, { ...look, style, nameWidth: width, allRules: rules }),
    ]);
  return joinLines([
    ...wrapped(
      `Microsoft Graph: ${count(permissions.length, `${kind} permission`)} for the ${count(rules, 'rule')} that ${rules === 1 ? 'judges' : 'judge'} a tenant. All of them only read.`,
      look.width,
    ),
    ...blocks(stable),
    ...(beta.length === 0
      ? []
      : ['', style.paint('bold', 'For the beta of Graph; --no-beta does without'), ...blocks(beta)]),
    '',
    ...(open === 0
      ? []
      : wrapped(
          `${count(open, 'permission is', 'permissions are')} unconfirmed: what Microsoft documents leaves something open. "agentid-lint doctor" tries.`,
          look.width,
        )),
    ...wrapped('--format az or powershell prints a script that registers an app with them.', look.width),
  ]);
}

type Page = Look & { readonly style: Style; readonly nameWidth: number; readonly allRules: number };

function block(permission: NeededPermission, page: Page): readonly string[] {
  const { name, id, unconfirmed, facts } = permission;
  const { style, nameWidth, width } = page;
  const title = `${style.paint('bold', visible(name.padEnd(nameWidth)))}  ${style.paint('dim', id ?? '')}`;
  const reads = collectionsInWords(facts).join('; ');
  return [
    title.trimEnd(),
    ...labelled('reads', reads === '' ? 'the tenant: its id, name and domains' : reads, width),
    ...labelled('for', rulesInWords(permission, page), width),
    ...unconfirmed.flatMap((sentence) => labelled('unconfirmed', sentence, width)),
  ];
}

function rulesInWords({ rules }: NeededPermission, { allRules }: Page): string {
  if (rules.length === allRules) return 'every rule that judges a tenant';
  const more = rules.length > SHOWN_RULES ? ` and ${rules.length - SHOWN_RULES} more` : '';
  return `${rules.slice(0, SHOWN_RULES).join(', ')}${more}`;
}

function labelled(label: string, text: string, width: number): readonly string[] {
  return wrapWords(text.split(' '), width - LABEL - 2).map(
    (line, place) => `  ${(place === 0 ? label : '').padEnd(LABEL)}${visible(line)}`,
  );
}

function wrapped(text: string, width: number): readonly string[] {
  return wrapWords(text.split(' '), width);
}
