import './ops.css';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { LogFilter } from '../../api/logs';
import { LogFilters } from './log-filters';
import { LogsTable } from './logs-table';

/** What all processes wrote down; the filters are in the address. */
export function LogsPage() {
  const filter = useSearch({ strict: false }) as LogFilter;
  const navigate = useNavigate();
  const [live, setLive] = useState(true);
  const change = (next: LogFilter) =>
    void navigate({
      to: '/ops/logs',
      search: (held: LogFilter) => ({ ...held, ...next }),
      replace: true,
    });
  return (
    <div className="ops ops-full">
      <h1 className="sr-only">Logs</h1>
      <LogFilters filter={filter} onChange={change} live={live} onLive={setLive} />
      <LogsTable filter={filter} onChange={change} live={live} />
    </div>
  );
}
