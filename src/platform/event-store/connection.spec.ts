import { EventStoreConnection } from './connection.js';

const MOST = 16;

describe('the connection to the event store', () => {
  let connection: EventStoreConnection;
  beforeEach(() => (connection = new EventStoreConnection('esdb://localhost:2113?tls=false', 0)));
  afterEach(() => connection.close());

  const begin = (appends: number) => Array.from({ length: appends }, () => connection.beginAppend());

  it('takes one client for appends that come one after the other', () => {
    const clients = Array.from({ length: 5 }, () => {
      const client = connection.beginAppend();
      connection.endAppend();
      return client;
    });
    expect(new Set(clients)).toEqual(new Set([connection.current]));
  });

  it('takes as many as there are appends under way, in turns, and no more than sixteen', () => {
    expect(new Set(begin(4)).size).toBe(4);
    begin(MOST);
    const turns = begin(2 * MOST);
    expect(new Set(turns).size).toBe(MOST);
    expect(turns.slice(MOST)).toEqual(turns.slice(0, MOST));
  });

  it('replaces them all when one is spoilt, once', () => {
    const [, spoilt] = begin(2);
    const before = connection.current;
    if (spoilt) connection.replace(spoilt, 'a test');
    const after = connection.current;
    expect(after).not.toBe(before);
    if (spoilt) connection.replace(spoilt, 'a test');
    connection.replace(before, 'a test');
    expect(connection.current).toBe(after);
  });
});
