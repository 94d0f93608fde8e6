import { isTopic, type Topic } from '@orderwatch/contract';
import { useEffect, useSyncExternalStore } from 'react';
import { current, onCurrent } from './current';

/** Keeps what belongs to the topic fresh while the component stands: `useTopic('report')`, `useTopic(`order:${id}`)`. */
export const useTopic = (topic: Topic | undefined): void => {
  // A page's effects run before the frame's that opens the connection.
  const client = useSyncExternalStore(onCurrent, current);
  // One name that the server cannot read would cost all those asked for with it.
  const isReadable = isTopic(topic);
  useEffect(() => (topic === undefined || !isReadable ? undefined : client?.want(topic)), [client, topic, isReadable]);
};
