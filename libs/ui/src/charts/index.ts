export { AgeByRule, type AgeRow } from './age-by-rule';
export type { ChartFrameProps } from './chart-frame';
export { FlowChart, type FlowDayPoint } from './flow-chart';
export { formatChange, formatCount } from './format';
export { OnTimeDots, type OnTimeRow } from './on-time-dots';
export { ResolveLines, type ResolvePoint } from './resolve-lines';
export { StatusBars, type StatusBarGroup, type StatusBarRow } from './status-bars';
