import { readFileSync, readdirSync } from 'node:fs';
import { ROOT } from './committed.fixture.js';

/** A file of the project. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const isHere = (path: string): boolean => path.startsWith('src/catalogue/');

/** A spec of the service; those of this folder name rules and events as examples only. */
export const isSpec = (path: string): boolean => path.endsWith('.spec.ts') && !isHere(path);

/** Code of the service, none that tests it. */
export const isCode = (path: string): boolean => !/\.(spec|fixture)\.ts$/.test(path) && !isHere(path);

/** The TypeScript files of these folders whose path passes, ordered by path. */
export const sources = (folders: readonly string[], passes: (path: string) => boolean): Source[] =>
  folders
    .flatMap((folder) =>
      readdirSync(`${ROOT}${folder}`, { recursive: true }).map((file) => `${folder}/${String(file)}`),
    )
    .filter((path) => path.endsWith('.ts') && passes(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') }));
