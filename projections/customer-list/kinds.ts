import type { Origin, Portal, RelationshipRole } from '../../src/relationships/relationship.events.js';
import type { RecordedRelationship, RelationshipSource } from './customer-record.js';

const ROLES = { reseller: 'r', provider: 'p' } as const satisfies Record<RelationshipRole, string>;
const FROM = {
  'own-marketing': 'o',
  'vendor-referral': 'v',
  'indirect-provider': 'i',
  'office-365-admin-center': 'f',
  'azure-portal': 'a',
} as const satisfies Record<Origin | Portal, string>;
const PORTALS: readonly string[] = ['office-365-admin-center', 'azure-portal'] satisfies Portal[];

type Characteristics = Pick<RecordedRelationship, 'role' | 'source' | 'origin'>;

/** Every kind of relationship, in two characters; only an invitation has an origin, so that one value says both. */
const KINDS = new Map<string, Characteristics>(
  Object.entries(ROLES).flatMap(([role, first]) =>
    Object.entries(FROM).map(([from, second]): [string, Characteristics] => {
      const isPortal = PORTALS.includes(from);
      const source = (isPortal ? from : 'invitation') as RelationshipSource;
      return [first + second, { role: role as RelationshipRole, source, origin: isPortal ? null : (from as Origin) }];
    }),
  ),
);
/** No relationship is of this kind. */
const NONE = '--';

/** By which customers can be picked out of a partner's list. */
export const kindOf = ({ role, source, origin }: Characteristics): string =>
  ROLES[role] + FROM[origin ?? (source as Portal)];

/** What a kind says. */
export const characteristicsOf = (kind: string): Characteristics | null => KINDS.get(kind) ?? null;

/** The kinds that are all of what is asked; empty when nothing is, and hence every kind will do. */
export const kindsOf = (asked: { readonly [part in keyof Characteristics]?: string }): string[] => {
  const parts = (['role', 'source', 'origin'] as const).filter((part) => asked[part] !== undefined);
  if (parts.length === 0) return [];
  const found = [...KINDS].filter(([, is]) => parts.every((part) => is[part] === asked[part])).map(([kind]) => kind);
  return found.length > 0 ? found : [NONE];
};
