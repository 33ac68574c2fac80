import type { DomainEvent } from './event.js';

/** Brings an event's data from one version of its shape to the next. It adds nothing that the event does not say. */
export type Upcast = (data: never) => object;

/** The upcasts of event types whose shape has changed, oldest first: the n-th reads version n, the last gives the present shape. */
export type Upcasters<E extends DomainEvent> = {
  readonly [T in E['type']]?: readonly [...Upcast[], (data: never) => Extract<E, { type: T }>['data']];
};

/** The event is recorded in a version that this release does not know, and that it therefore does not read at all. */
export class UnknownSchemaVersion extends Error {
  override readonly name = 'UnknownSchemaVersion';

  constructor(type: string, version: unknown, newest: number) {
    const known = newest === 0 ? 'does not know that type' : `knows versions 1 to ${newest}`;
    super(`${type} is recorded in schema version ${String(version)}, and this release ${known}: deploy a newer one.`);
  }
}

/** The versions of the events' shapes. A type's version is 1, and one more for each upcast. */
export class EventSchemas {
  private readonly types: ReadonlySet<string> | null;
  private readonly upcasts: ReadonlyMap<string, readonly Upcast[] | undefined>;

  /** `types` are all that this release knows; left out, any type is taken for one. */
  constructor(upcasters: Upcasters<DomainEvent> = {}, types: readonly string[] | null = null) {
    this.upcasts = new Map(Object.entries(upcasters));
    this.types = types && new Set(types);
  }

  /** The version in which events of this type are written. */
  versionOf(type: string): number {
    return 1 + (this.upcasts.get(type)?.length ?? 0);
  }

  /** The data, recorded in this version, in its present shape. @throws UnknownSchemaVersion */
  upcast(type: string, version: number, data: object): object {
    const newest = this.versionOf(type);
    if (this.types && !this.types.has(type)) throw new UnknownSchemaVersion(type, version, 0);
    if (version === newest) return data;
    if (!Number.isInteger(version) || version < 1 || version > newest)
      throw new UnknownSchemaVersion(type, version, newest);
    const missing = this.upcasts.get(type)?.slice(version - 1) ?? [];
    return missing.reduce<object>((older, upcast) => upcast(older as never), data);
  }
}
