import type { QueueFilter, QueueSort, QueueView } from '../gql';

/** Which step of the browser's history showed the queue last; its order of steps is the router's. */
let last: number | undefined;

const stepOf = (state: object): number | undefined => ('__TSR_index' in state && typeof state.__TSR_index === 'number' ? state.__TSR_index : undefined);

export const rememberList = (state: object): void => {
  last = stepOf(state);
};

/** How many steps back the list lies, so that a link to it can lead to the very place one left; undefined: not behind this page. */
export const stepsToList = (state: object): number | undefined => {
  const step = stepOf(state);
  return step !== undefined && last !== undefined && last < step ? step - last : undefined;
};

/** What the list that one came from asks for. */
export interface Question {
  view: QueueView;
  filter: QueueFilter | undefined;
  sort: QueueSort | undefined;
}

let asked: Question | undefined;

export const rememberQuestion = (question: Question): void => {
  asked = question;
};

/** Where the next case comes from: the list one came from; of what is settled, asleep or one's own already, the free ones. */
export const nextQuestion = (): { view: QueueView; filter: QueueFilter | null; sort: QueueSort | null } => {
  const { view = 'next_up', filter, sort } = asked ?? {};
  return { view: freeView(view), filter: filter ?? null, sort: sort ?? null };
};

export const freeView = (view: QueueView): QueueView => (view === 'resolved' || view === 'mine' || view === 'snoozed' ? 'next_up' : view);
