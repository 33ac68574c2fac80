import type { Persona } from './access/development-issuer.js';

/** What to do next, for people. */
export const renderBanner = ({ url }: { url: string; tokens: Record<Persona, string> | null }): string => url;
