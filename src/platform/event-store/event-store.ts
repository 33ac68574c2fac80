import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { DomainEvent, Recorded } from '../../kernel/event.js';
import type { Appended } from './append.js';
import { append } from './append.js';
import type { NewEvent } from './codec.js';
import { EventStoreConnection } from './connection.js';
import { headPosition, readStream } from './read.js';
import type { FollowOptions, Followed } from './subscription.js';
import { follow } from './subscription.js';

/** The one way to the database. */
@Injectable()
export class EventStore implements OnApplicationShutdown {
  private readonly connection: EventStoreConnection;

  constructor(url: string) {
    this.connection = new EventStoreConnection(url);
  }

  /** See {@link append}. */
  append(stream: string, events: readonly NewEvent[], expected: bigint | null): Promise<Appended> {
    return append(this.connection, stream, events, expected);
  }

  /** See {@link readStream}. */
  read<E extends DomainEvent>(stream: string): Promise<Recorded<E>[]> {
    return readStream<E>(this.connection, stream);
  }

  /** See {@link headPosition}. */
  head(): Promise<bigint> {
    return headPosition(this.connection);
  }

  /** See {@link follow}. */
  follow(options: FollowOptions): AsyncGenerator<Followed> {
    return follow(this.connection, options);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
