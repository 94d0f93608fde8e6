import type { ReactNode } from 'react';
import type { IconName } from '../primitives/icons';
import type { TimelineKind } from './lanes';

export interface TimelineLane {
  id: string;
  /** In full, for the ear and the tooltip: "Parcel 2, GLS". */
  label: string;
  icon?: IconName | undefined;
  /** Two letters where there is no icon: "P2". */
  short?: string | undefined;
  /** Runs to the top of the list: what it stands for is not over. */
  isOpen?: boolean | undefined;
}

export interface TimelineItem {
  id: string;
  kind: TimelineKind;
  lanes: readonly string[];
  /** "18 Nov 14:05", "by 21 Nov", "since 12 Nov". */
  when: ReactNode;
  dateTime?: string | undefined;
  whenTitle?: string | undefined;
  title: ReactNode;
  /** The source's own words. */
  quote?: string | undefined;
  detail?: ReactNode;
  /** A chip: "arrived 3 h late". */
  late?: string | undefined;
  /** Who said it: "Parcel 2 · GLS". */
  who?: ReactNode;
  /** The newest fact of its lane. */
  isNewest?: boolean | undefined;
  action?: ReactNode;
}
