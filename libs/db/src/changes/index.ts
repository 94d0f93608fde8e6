export { CHANGE_CHANNEL, writeChanges, type NewChange } from './write-changes.js';
export { changeLagSeconds, changesAfter, latestPerTopic, missedChanges, pruneChanges, settledPosition, type ChangeRow, type ChangesRead, type Position } from './read-changes.js';
