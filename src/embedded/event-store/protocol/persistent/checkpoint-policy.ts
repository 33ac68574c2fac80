import type { GroupSettings } from './group-settings.js';

type Limits = Pick<GroupSettings, 'minCheckpointCount' | 'maxCheckpointCount'>;

/**
 * Whether a checkpoint is to be written.
 * @param finished how many revisions the group has finished since the last
 * @param timeIsUp whether the last one is old enough that fewer suffice
 */
export function isCheckpointDue(finished: number, timeIsUp: boolean, limits: Limits): boolean {
  const { minCheckpointCount, maxCheckpointCount } = limits;
  return finished > 0 && (finished >= maxCheckpointCount || (timeIsUp && finished >= minCheckpointCount));
}
