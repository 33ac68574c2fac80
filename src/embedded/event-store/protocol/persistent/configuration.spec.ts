import { isCheckpointDue } from './checkpoint-policy.js';
import { formatConfiguration, parseConfiguration, type GroupConfiguration } from './group-configuration.js';
import { faultOf, type GroupSettings } from './group-settings.js';

const settings: GroupSettings = {
  startFrom: 'end',
  resolveLinks: true,
  extraStatistics: false,
  messageTimeoutMs: 30_000,
  maxRetryCount: 10,
  minCheckpointCount: 10,
  maxCheckpointCount: 1000,
  checkpointAfterMs: 2000,
  maxSubscriberCount: 0,
  liveBufferSize: 500,
  readBatchSize: 20,
  historyBufferSize: 500,
  strategy: 'RoundRobin',
};

describe('the settings of a group', () => {
  it('are sound by default', () => expect(faultOf(settings)).toBeUndefined());
  it.each([
    [{ readBatchSize: 0 }, 'read batch size'],
    [{ readBatchSize: 500 }, 'history buffer size'],
    [{ maxRetryCount: -1 }, 'maxRetryCount must not be negative'],
    [{ startFrom: -1 }, 'startFrom must not be negative'],
  ])('are not with %j', (change, fault) => expect(faultOf({ ...settings, ...change })).toContain(fault));
});

describe('a checkpoint', () => {
  const due = (finished: number, timeIsUp: boolean) => isCheckpointDue(finished, timeIsUp, settings);
  it('is due after the greatest number of events', () =>
    expect([due(999, false), due(1000, false)]).toEqual([false, true]));
  it('is due after the least number once time is up', () =>
    expect([due(9, true), due(10, true)]).toEqual([false, true]));
  it('is never due when nothing is new', () => {
    expect(isCheckpointDue(0, true, { minCheckpointCount: 0, maxCheckpointCount: 0 })).toBe(false);
  });
});

describe('the configuration of the groups', () => {
  const groups: GroupConfiguration[] = [
    { stream: 's', group: 'g', settings, firstRevision: 7 },
    {
      stream: 'ü',
      group: '"',
      settings: { ...settings, startFrom: 3, strategy: 'DispatchToSingle' },
      firstRevision: 3,
    },
  ];
  it('is read as it was written', () => {
    expect(parseConfiguration(formatConfiguration(groups, 'admin'))).toEqual(groups);
  });
  it('is empty when there is none', () => expect(parseConfiguration(undefined)).toEqual([]));
  it.each(['', '{}', '{"version":"2","entries":[{"stream":"s"}]}'])('is refused when it is %j', (text) => {
    expect(() => parseConfiguration(text)).toThrow('no configuration of groups');
  });
});
