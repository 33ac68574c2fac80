import type { CataloguedEvent } from './catalogue.js';

export const METADATA = 'EventMetadata.json';

/** What the schema of one version of an event is called. */
export const schemaFile = ({ type }: CataloguedEvent, version: number): string => `${type}.v${version}.json`;

/** Versions from the first to the one written now. */
export const versionsOf = ({ version }: CataloguedEvent): number[] => Array.from({ length: version }, (_, n) => n + 1);
