import { z } from 'zod';

/**
 * What a process can do: answer requests, keep the read models, carry out what follows from an acceptance. Any number of
 * processes may do the same.
 */
export const ROLES = ['api', 'projector', 'workflow'] as const;
export type Role = (typeof ROLES)[number];
export const ALL_ROLES: ReadonlySet<Role> = new Set(ROLES);

const SENTENCE = `must be all, or some of ${ROLES.join(',')}`;
const isRole = (name: string): name is Role => (ROLES as readonly string[]).includes(name);

/** `all`, or the names of some with commas between them. */
export const roles = z.string().transform((text, context): ReadonlySet<Role> => {
  const names = text.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === 'all') return ALL_ROLES;
  const known = names.filter(isRole);
  if (known.length < names.length) context.addIssue({ code: 'custom', message: SENTENCE });
  return new Set(known);
});
