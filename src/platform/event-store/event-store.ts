import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Decider } from '../../kernel/decider.js';
import { fold } from '../../kernel/decider.js';
import type { DomainEvent, Recorded } from '../../kernel/event.js';
import type { Dated } from '../../kernel/moment.js';
import { EventSchemas } from '../../kernel/upcasting.js';
import type { Appended } from './append.js';
import { append } from './append.js';
import { Checkpoint } from './checkpoint.js';
import type { NewEvent } from './codec.js';
import { EventStoreConnection } from './connection.js';
import { RevisionConflict } from './errors.js';
import { Notes } from './notes.js';
import { headPosition, readDated, readOne, readStream } from './read.js';
import type { FollowOptions, Followed } from './subscription.js';
import { follow, followTogether } from './subscription.js';

export interface Loaded<State, E extends DomainEvent> {
  readonly state: State;
  readonly revision: bigint | null;
  readonly history: readonly Recorded<E>[];
}

/** The one way to the database. */
@Injectable()
export class EventStore implements OnApplicationShutdown {
  private readonly connection: EventStoreConnection;

  constructor(
    url: string,
    readonly schemas: EventSchemas = new EventSchemas(),
  ) {
    this.connection = new EventStoreConnection(url);
  }

  /** See {@link append}. */
  append(stream: string, events: readonly NewEvent[], expected: bigint | null): Promise<Appended> {
    return append(this.connection, stream, events, expected);
  }

  /**
   * Whether nothing stands in the stream. Asked by an append of nothing that expects none: the client takes a third of the
   * time for it that it takes for a reading. @throws EventStoreUnavailable
   */
  async isVacant(stream: string): Promise<boolean> {
    try {
      await this.append(stream, [], null);
      return true;
    } catch (error) {
      if (error instanceof RevisionConflict) return false;
      throw error;
    }
  }

  /** See {@link readStream}. */
  read<E extends DomainEvent>(stream: string, after: bigint | null = null): Promise<Recorded<E>[]> {
    return readStream<E>(this.connection, this.schemas, stream, after);
  }

  /** See {@link readDated}. */
  readDated<E extends DomainEvent>(stream: string): Promise<Dated<E>[]> {
    return readDated<E>(this.connection, this.schemas, stream);
  }

  /** See {@link readOne}. */
  readOne<E extends DomainEvent>(stream: string, revision: bigint): Promise<Recorded<E> | null> {
    return readOne<E>(this.connection, this.schemas, stream, revision);
  }

  /** The state of a stream as it stands, and its revision (null: no such stream). @throws EventStoreUnavailable */
  async load<State, E extends DomainEvent>(stream: string, decider: Decider<State, E>): Promise<Loaded<State, E>> {
    const history = await this.read<E>(stream);
    const state = fold(
      decider,
      history.map(({ event }) => event),
    );
    return { state, revision: history.at(-1)?.revision ?? null, history };
  }

  /** See {@link headPosition}. */
  head(): Promise<bigint> {
    return headPosition(this.connection);
  }

  /** See {@link follow}. */
  follow(options: FollowOptions): AsyncGenerator<Followed> {
    return follow(this.connection, { ...options, schemas: this.schemas });
  }

  /** See {@link followTogether}. */
  followTogether(options: FollowOptions): AsyncGenerator<readonly Followed[]> {
    return followTogether(this.connection, { ...options, schemas: this.schemas });
  }

  /** Where a follower keeps how far it is. */
  checkpoint(follower: string): Checkpoint {
    return new Checkpoint(this.connection, follower);
  }

  /** What those who operate the service have put on record. */
  notes<Data extends object>(stream: string, type: string): Notes<Data> {
    return new Notes(this.connection, stream, type);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
