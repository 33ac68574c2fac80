import type { Persona } from './access/development-issuer.js';
import { KNOWN, STORY } from './story/story.js';
import type { Step } from './story/story.js';

export interface Welcome {
  readonly url: string;
  /** Null where an identity provider issues the tokens. */
  readonly tokens: Readonly<Record<Persona, string>> | null;
}

/** What to do next, for people: where everything is, and the whole story to paste into a POSIX shell. */
export const renderBanner = ({ url, tokens }: Welcome): string => {
  const where = [
    'Reseller relationships',
    `  service  ${url}`,
    `  API      ${url}/docs`,
    `  health   ${url}/health/ready`,
  ];
  if (!tokens)
    return [...where, 'Tokens come from the identity provider whose keys AUTH_PUBLIC_KEYS holds.'].join('\n');
  const paste = 'The whole story, to paste into a shell that has node and curl; the tokens are good for twelve hours:';
  return [...where, '', paste, '', storyScript(url, tokens), ''].join('\n');
};

/** The whole story for a POSIX shell that has node and curl. */
export const storyScript = (url: string, tokens: Readonly<Record<Persona, string>>): string => {
  const known = [['URL', url], ...Object.entries(tokens).map(([who, token]) => [tokenOf(who), token])];
  const variables = [...known, ...Object.entries(KNOWN)].map(([name, value]) => `export ${name}='${value}'`);
  return [...variables, 'export RUN=$(date +%s)-$$', FIELD, ...STORY.flatMap(shellLines)].join('\n');
};

const tokenOf = (persona: string): string => `${persona.toUpperCase()}_TOKEN`;

/** Picks a field of the JSON on standard input. */
const FIELD = `field() { node -p "JSON.parse(require('fs').readFileSync(0, 'utf8'))$1"; }`;

const shellLines = (step: Step, index: number): string[] => [
  '',
  `echo; echo ${inShell(`${index + 1}. ${step.title}`)}`,
  `ANSWER=$(curl -sS "$URL${step.path}" ${options(step).join(' ')})`,
  `printf '%s\\n' "$ANSWER"`,
  ...(step.keeps ?? []).map(({ name, field, after }) => {
    const picked = after ? `.${field}.split('${after}')[1]` : `.${field}`;
    return field === '' ? `${name}="$ANSWER"` : `${name}=$(printf '%s' "$ANSWER" | field "${picked}")`;
  }),
];

const options = ({ as, key, body }: Step): string[] => [
  `-H "Authorization: Bearer $${tokenOf(as)}"`,
  ...(key ? [`-H "Idempotency-Key: ${key}"`] : []),
  ...(body ? [`-H 'Content-Type: application/json'`, `-d ${inShell(body)}`] : []),
];

/** Quoted for the shell, with the variables left open. */
const inShell = (text: string): string => `'${text.replaceAll(/\$[A-Z_]+/g, `'"$&"'`)}'`;
