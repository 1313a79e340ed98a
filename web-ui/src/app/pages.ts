import { IconChartCandle, IconListDetails, IconServer } from '@tabler/icons-react';

/** The pages of the shell, in the order of the rail. */
export const PAGES = [
  { to: '/live', label: 'Live', icon: IconChartCandle },
  { to: '/ops/workers', label: 'Workers', icon: IconServer },
  { to: '/ops/logs', label: 'Logs', icon: IconListDetails },
] as const;
