import { UnknownSchemaVersion } from '../kernel/upcasting.js';
import type { RelationshipEstablished } from '../relationships/relationship.events.js';
import type { History } from './histories.fixture.js';
import { asRead, histories } from './histories.fixture.js';

const old = histories().find(({ name }) => name === 'relationship-version-1.json') as History;
const first = old.events[0] as History['events'][number];
const inVersion = (schemaVersion: unknown): History => ({
  ...old,
  events: [{ ...first, metadata: { ...first.metadata, schemaVersion: schemaVersion as number } }],
});

describe('RelationshipEstablished of version 1', () => {
  it('names its invitation as version 2 does, and says nothing else', () => {
    const { invitationId, ...rest } = first.data as { invitationId: string };
    const [read] = asRead<RelationshipEstablished>(old);
    expect(read?.event.data).toEqual({ ...rest, by: { kind: 'invitation', invitationId } });
    expect(read?.metadata).toEqual({ ...first.metadata, schemaVersion: 2 });
  });
});

describe('An event of a version that this release does not know', () => {
  it.each([3, 0, undefined])('is not read: %s', (version) => {
    expect(() => asRead(inVersion(version))).toThrow(UnknownSchemaVersion);
    expect(() => asRead(inVersion(version))).toThrow(
      `RelationshipEstablished is recorded in schema version ${version}`,
    );
  });
});
