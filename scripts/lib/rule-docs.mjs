const KIND_LABELS = {
  blueprint: 'blueprints',
  blueprintPrincipal: 'blueprint principals',
  agentIdentity: 'agent identities',
  agentUser: 'agent users',
  agent365Config: '`a365.config.json`',
  agent365GeneratedConfig: '`a365.generated.config.json`',
  toolingManifest: '`ToolingManifest.json`',
  appPackageManifest: 'app package `manifest.json`',
  agenticUserTemplate: '`agenticUserTemplateManifest.json`',
};

const FRAMEWORKS = {
  'owasp-nhi': 'OWASP Non-Human Identities Top 10',
  'owasp-asi': 'OWASP Top 10 for Agentic Applications',
  'nist-800-53': 'NIST SP 800-53 Rev. 5',
  'zero-trust': 'Microsoft Zero Trust Assessment',
  'cis-m365': 'CIS Microsoft 365 Foundations (related)',
  cwe: 'CWE',
};

/** The index of all rules, by domain. */
export function indexPage(rules) {
  const lines = [
    '# Rules',
    '',
    'Generated from the METADATA of `policies/`; see [writing rules](../writing-rules.md).',
    '',
  ];
  for (const domain of [...new Set(rules.map(({ id }) => id.split('/')[0]))]) {
    lines.push(`## ${domain}`, '', '| rule | severity | what it finds |', '| --- | --- | --- |');
    for (const { id, severity, title } of rules.filter((rule) => rule.id.startsWith(`${domain}/`))) {
      lines.push(`| [${id}](${id}.md) | ${severity} | ${cell(title)} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

/** The page of one rule. */
export function rulePage(rule, examples) {
  const lines = [
    `# ${rule.id}`,
    '',
    `**${rule.title}** · severity **${rule.severity}** · judges ${rule.appliesTo.map((kind) => KIND_LABELS[kind]).join(', ')} · since ${rule.since}`,
    '',
    rule.description,
    '',
    ...(rule.wave === 2
      ? ['> This rule rests on facts that are only partly confirmed by published sources.', '']
      : []),
    ...(rule.requires.length > 0
      ? [
          `It needs ${rule.requires.map((group) => `\`${group}\``).join(', ')}. For files that keep these elsewhere ([\`relationships: elsewhere\`](../../manifest-shapes.md#relationships-declared-or-elsewhere)) it is skipped, never passed.`,
          '',
        ]
      : []),
    '## Fix',
    '',
    rule.remediation,
    '',
    ...optionSection(rule, examples),
    '## Examples',
    '',
    ...examples.flatMap(exampleSection),
    '## Controls',
    '',
    ...controlSection(rule),
    'The mapping to frameworks is our own reading.',
    '',
    '## Links',
    '',
    ...rule.references.map(({ title, url }) => `- [${title}](${url})`),
    '',
  ];
  return lines.join('\n');
}

function optionSection({ id, options }, examples) {
  const rows = Object.entries(options).map(
    ([name, { type, description, default: value }]) =>
      `| \`${name}\` | ${type} | \`${JSON.stringify(value)}\` | ${cell(description)} |`,
  );
  const lines = ['## Options', '', '| option | type | default | meaning |', '| --- | --- | --- | --- |'];
  lines.push(
    '| `severity` | string | | `off`, or another severity for its findings |',
    '| `severityInProduction` | string | | another severity for findings on resources that are marked as production |',
    ...rows,
    '',
  );
  const used = examples.find(({ config }) => config)?.config;
  if (!used) return lines;
  lines.push('```yaml', 'rules:', `  ${id}: { ${settingsOf(used).join(', ')} }`, '```', '');
  return lines;
}

function settingsOf(config) {
  return Object.entries(config).map(([option, value]) => `${option}: ${JSON.stringify(value)}`);
}

function exampleSection({ name, expect, file, source, config = {}, relationships, companions = [] }) {
  const settings = settingsOf(config);
  if (relationships) settings.push(`relationships: ${relationships}`);
  const under = settings.length > 0 ? `, with ${settings.map((text) => `\`${text}\``).join(', ')}` : '';
  return [
    `${expect === 'fail' ? '❌' : '✅'} ${name} (\`${file}\`${under})`,
    '',
    ...codeBlock(file, source),
    ...companions.flatMap((other) => [
      `beside \`${other.file}\``,
      '',
      ...codeBlock(other.file, other.source),
    ]),
  ];
}

function codeBlock(file, text) {
  return [`\`\`\`${file.endsWith('.json') ? 'json' : 'yaml'}`, text.trimEnd(), '```', ''];
}

function controlSection({ controls }) {
  const byFramework = new Map();
  for (const { framework, id } of controls)
    byFramework.set(framework, [...(byFramework.get(framework) ?? []), id]);
  return [...[...byFramework].map(([framework, ids]) => `- ${FRAMEWORKS[framework]}: ${ids.join(', ')}`), ''];
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
