import { useWords } from '../words';
import { formatDue, formatDuration } from './duration';
import { useNow } from './ticker';
import { defaultZone, useTimeView } from './time-view';

type Instant = string | number | Date;

const toMs = (at: Instant): number => new Date(at).getTime();

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter is kept: making one costs fifty times what using it does, and lists draw hundreds of times. */
const formatterOf = (name: string, locale: string | undefined, options: Intl.DateTimeFormatOptions, timeZone: string | undefined): Intl.DateTimeFormat => {
  const key = `${name} ${timeZone ?? ''}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { ...options, ...(timeZone ? { timeZone } : {}) });
    formatters.set(key, formatter);
  }
  return formatter;
};

const exact: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZoneName: 'short' };

/** "18 Nov 14:05:09 CET": the full form that stands behind every short one. */
export const exactTime = (at: Instant, timeZone = defaultZone()): string => formatterOf('exact', 'en-GB', exact, timeZone).format(toMs(at));

interface RelativeTimeProps {
  at: Instant;
  /** `age`: bare "3 h"; `ago`: "3 h ago" or "in 3 h"; `due`: "−2 h". */
  form?: 'age' | 'ago' | 'due';
  timeZone?: string | undefined;
  className?: string | undefined;
  /** Said before the exact time in the accessible name, e.g. "Due". */
  prefix?: string | undefined;
}

const stepFor = (span: number): number => (span < 120_000 ? 1000 : span < 3_600_000 ? 15_000 : 60_000);

/** From here on an age says less than the date. */
const OLD_MS = 86_400_000;

const Ticking = ({ at, form, timeZone: ownZone, className, prefix, step }: RelativeTimeProps & { step: number }) => {
  const words = useWords();
  const view = useTimeView();
  const timeZone = ownZone ?? view.timeZone;
  const now = Math.max(useNow(step), 0) + (view.offsetMs ?? 0);
  const ms = toMs(at);
  const span = now - ms;
  const bare = formatDuration(span, words);
  const short =
    view.isAbsolute || (form === 'ago' && span >= OLD_MS)
      ? formatTime(at, Math.abs(span) < OLD_MS ? 'hour' : form === 'ago' ? 'minute' : 'date', timeZone)
      : form === 'due'
        ? formatDue(ms, now, words)
        : form === 'ago'
          ? Math.abs(span) < 1000
            ? words.now
            : span >= 0
              ? words.ago(bare)
              : words.ahead(bare)
          : bare;
  const exact = exactTime(at, timeZone);
  return (
    <time dateTime={new Date(ms).toISOString()} title={exact} className={className}>
      {short}
      <span className="ow-sr">{` ${prefix ? `${prefix} ` : ''}(${exact})`}</span>
    </time>
  );
};

/** A span that grows by itself; the exact time is in the tooltip and in the accessible name. */
export const RelativeTime = (props: RelativeTimeProps) => {
  // Read once per minute only to choose how often to tick.
  const coarse = useNow(60_000);
  const span = Math.abs(coarse - toMs(props.at));
  return <Ticking form="ago" {...props} step={stepFor(span)} />;
};

interface DurationProps {
  ms: number;
  className?: string | undefined;
}

export const Duration = ({ ms, className }: DurationProps) => {
  const words = useWords();
  return <span className={className}>{formatDuration(ms, words)}</span>;
};

interface AbsoluteTimeProps {
  at: Instant;
  timeZone?: string | undefined;
  /** `date`: "18 Nov"; `minute`: "18 Nov 14:05"; `hour`: "14:05"; `clock`: "14:05:09". */
  form?: 'date' | 'minute' | 'hour' | 'clock';
  className?: string | undefined;
}

const forms: Record<NonNullable<AbsoluteTimeProps['form']>, Intl.DateTimeFormatOptions> = {
  date: { day: 'numeric', month: 'short' },
  minute: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  hour: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

export const formatTime = (at: Instant, form: NonNullable<AbsoluteTimeProps['form']>, timeZone = defaultZone()): string =>
  formatterOf(form, 'en-GB', forms[form], timeZone).format(toMs(at)).replace(',', '').replace('Sept', 'Sep');

export const AbsoluteTime = ({ at, timeZone: ownZone, form = 'minute', className }: AbsoluteTimeProps) => {
  const view = useTimeView();
  const timeZone = ownZone ?? view.timeZone;
  return (
    <time dateTime={new Date(toMs(at)).toISOString()} title={exactTime(at, timeZone)} className={className}>
      {formatTime(at, form, timeZone)}
    </time>
  );
};
