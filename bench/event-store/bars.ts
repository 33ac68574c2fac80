/** What a measure has to reach; ratios are between figures of one run. */
export interface Bar {
  /** Of what the client reaches with the server that keeps nothing; of single appends one by one, with an fsync each. */
  readonly ofNoOp?: number;
  /** What a real 24.2 node reached on such a machine, per second; seen live, what follows from its median of 1.1 ms. */
  readonly realNode?: number;
  /** The longest that one in a hundred may take, in milliseconds. */
  readonly p99?: number;
}

/** Growth may cost so much: the great log's figure beside the small one's. */
export const GROWTH_RATIO = 0.8;

export const BARS: Readonly<Record<string, Bar>> = {
  'single appends, 1 in flight': { ofNoOp: 0.8, realNode: 630 },
  'single appends, 64 in flight': { ofNoOp: 0.8, realNode: 6_000, p99: 60 },
  'single appends, 256 in flight': { ofNoOp: 0.8, realNode: 7_100 },
  '100-event appends, events': { ofNoOp: 0.8, realNode: 30_000 },
  'one long stream, events': { ofNoOp: 0.8, realNode: 30_000 },
  '$all, events': { ofNoOp: 0.8, realNode: 39_000 },
  'filtered catch-up, events': { realNode: 46_000 },
  'loads of a 5-event stream, 16 in flight': { ofNoOp: 0.8, realNode: 2_200 },
  'append to seen by a live subscriber': { realNode: 900 },
};
