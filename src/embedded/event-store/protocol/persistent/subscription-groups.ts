import type { EventLog } from '../../log/event-log.js';
import { NO_REVISION } from '../../log/model.js';
import { Code, RpcError } from '../../transport/status.js';
import {
  persistentSubscriptionDoesNotExist,
  persistentSubscriptionDropped,
  persistentSubscriptionExists,
  persistentSubscriptionFailed,
} from './errors.js';
import { formatConfiguration, parseConfiguration, type GroupConfiguration } from './group-configuration.js';
import { faultOf, type GroupSettings } from './group-settings.js';
import { GroupStreams, subscriptionIdOf, type GroupName } from './group-streams.js';
import { SubscriptionGroup } from './subscription-group.js';
import { SystemStream } from './system-stream.js';

/** The most groups a node keeps: all of them are written down anew with each change. */
const MOST_GROUPS = 1000;

/** All consumer groups of a node. They are written down in `$persistentSubscriptionConfig` and are read from there at first use. */
export class SubscriptionGroups {
  private readonly written: SystemStream;
  private groups: Map<string, SubscriptionGroup> | undefined;
  /** Changes are made one after the other. */
  private lastChange: Promise<unknown> = Promise.resolve();

  constructor(private readonly log: EventLog) {
    this.written = new SystemStream(log, '$persistentSubscriptionConfig');
  }

  /** @throws RpcError when there is no such group */
  get(name: GroupName): SubscriptionGroup {
    const group = this.loaded().get(subscriptionIdOf(name));
    if (group?.configuration.stream !== name.stream) throw persistentSubscriptionDoesNotExist(name);
    return group;
  }

  /** Makes a group, once it is on disk. Rejects with RpcError. */
  create(name: GroupName, settings: GroupSettings, by: string): Promise<void> {
    return this.change(async () => {
      const groups = this.loaded();
      if (groups.has(subscriptionIdOf(name))) throw persistentSubscriptionExists(name);
      if (groups.size >= MOST_GROUPS) throw persistentSubscriptionFailed(name, `The node keeps ${MOST_GROUPS} groups.`);
      const configuration = this.configurationOf(name, settings);
      const forgotten = await new GroupStreams(this.log, name).clear();
      if (!forgotten) throw persistentSubscriptionFailed(name, 'What a former group left could not be cleared.');
      await this.save(name, [...this.configurations(), configuration], by);
      this.open(configuration);
    });
  }

  /** Changes a group, which goes on from its checkpoint; its consumers are dropped and come again. Rejects with RpcError. */
  update(name: GroupName, settings: GroupSettings, by: string): Promise<void> {
    return this.change(async () => {
      const group = this.get(name);
      const configuration = this.configurationOf(name, settings);
      await this.save(name, [...this.configurations(group), configuration], by);
      group.close(persistentSubscriptionDropped(name));
      this.open(configuration);
    });
  }

  /** Ends a group and drops its consumers. Rejects with RpcError. */
  delete(name: GroupName, by: string): Promise<void> {
    return this.change(async () => {
      const group = this.get(name);
      await this.save(name, this.configurations(group), by);
      this.loaded().delete(subscriptionIdOf(name));
      group.close(persistentSubscriptionDropped(name));
      await new GroupStreams(this.log, name).clear();
    });
  }

  /** Stops every group; the log is not touched afterwards. */
  close(): void {
    const reason = new RpcError(Code.UNAVAILABLE, 'The node is shutting down.');
    for (const group of this.groups?.values() ?? []) group.close(reason);
  }

  private change(work: () => Promise<void>): Promise<void> {
    const done = this.lastChange.then(work);
    this.lastChange = done.catch(() => {});
    return done;
  }

  private loaded(): Map<string, SubscriptionGroup> {
    if (this.groups) return this.groups;
    const configurations = parseConfiguration(this.written.newest);
    this.groups = new Map();
    for (const configuration of configurations) this.open(configuration);
    return this.groups;
  }

  private open(configuration: GroupConfiguration): void {
    this.loaded().set(subscriptionIdOf(configuration), new SubscriptionGroup(this.log, configuration));
  }

  private configurations(except?: SubscriptionGroup): GroupConfiguration[] {
    const others = [...this.loaded().values()].filter((group) => group !== except);
    return others.map(({ configuration }) => configuration);
  }

  /** From the end means after what the stream holds now, also when the node is started again. */
  private configurationOf(name: GroupName, settings: GroupSettings): GroupConfiguration {
    const fault = faultOf(settings);
    if (fault) throw persistentSubscriptionFailed(name, fault);
    const last = this.log.findStream(name.stream)?.last ?? NO_REVISION;
    return { ...name, settings, firstRevision: settings.startFrom === 'end' ? last + 1 : settings.startFrom };
  }

  private async save(name: GroupName, groups: readonly GroupConfiguration[], by: string): Promise<void> {
    const data = formatConfiguration(groups, by);
    const saved = await this.written.replace({ type: 'PersistentConfig1', json: true, data });
    if (!saved) throw persistentSubscriptionFailed(name, 'The change could not be put on disk.');
  }
}
