import { useState } from 'react';
import { feed, strategies, workers } from '../../api/feed';
import { useRows, useTopicState } from '../../api/live-topic';
import { usePermission } from '../../api/permissions';
import { useTopicPanelState } from '../../api/topic-panel-state';
import type { Live, Strategy, Worker } from '../../api/types';
import { formatAge, formatBytes, humanise, MISSING } from '../../lib/format';
import { actionsOf, type WorkerAction, workerTone } from '../../lib/worker-state';
import { type Column, DataTable } from '../../ui/data-table';
import { Panel } from '../../ui/panel';
import { useNow } from '../../ui/use-now';
import { ACTIONS, WorkerDialog } from './worker-dialog';

const COLUMNS: readonly Column[] = [
  { key: 'worker', header: 'Worker' },
  { key: 'state', header: 'State' },
  { key: 'isolation', header: 'Isolation', wideOnly: true },
  { key: 'library', header: 'Library', wideOnly: true },
  { key: 'instances', header: 'Instances', wideOnly: true },
  { key: 'pid', header: 'Process', align: 'right', wideOnly: true },
  { key: 'restarts', header: 'Restarts', align: 'right', wideOnly: true },
  { key: 'heartbeat', header: 'Heartbeat', align: 'right' },
  { key: 'memory', header: 'Memory', align: 'right', wideOnly: true },
  { key: 'detail', header: 'Last error', wideOnly: true },
  { key: 'actions', header: 'Actions', align: 'right' },
];

/** Without a sign of life for so long a running worker is marked. */
const SILENT_AFTER_MS = 10_000;

type Asked = { worker: Live<Worker>; action: WorkerAction };

export function WorkersTable() {
  const topic = useTopicState(workers);
  const rows = useRows(workers);
  const [asked, setAsked] = useState<Asked | null>(null);
  useNow(1_000); // Heartbeats grow older without anybody telling.
  const state = useTopicPanelState({
    what: 'workers',
    topic,
    empty: rows.length === 0 ? 'There are no workers: no strategy is configured.' : null,
  });
  const running = rows.filter((worker) => worker.state === 'RUNNING').length;
  return (
    <Panel
      title={`Workers (${running} of ${rows.length} running)`}
      area="workers"
      state={state}
      dialogs={
        asked && (
          <WorkerDialog
            workerId={asked.worker.worker_id}
            action={asked.action}
            onClose={() => setAsked(null)}
          />
        )
      }
    >
      <DataTable
        label="Workers"
        columns={COLUMNS}
        keys={rows.map((worker) => worker.id)}
        row={(_id, index) => {
          const worker = rows[index];
          return worker ? (
            <WorkerRow worker={worker} onAct={(action) => setAsked({ worker, action })} />
          ) : null;
        }}
      />
    </Panel>
  );
}

type WorkerRowProps = { worker: Live<Worker>; onAct: (action: WorkerAction) => void };

function WorkerRow({ worker, onAct }: WorkerRowProps) {
  const instances = useInstances(worker);
  const actions = actionsOf(worker);
  return (
    <tr data-worker={worker.worker_id}>
      <td>
        <b>{worker.worker_id}</b>
        <span className="narrow-line muted">{instances || 'no instance'}</span>
      </td>
      <td>
        <span className={`state ${workerTone(worker.state)}`}>{humanise(worker.state)}</span>
        <span className="narrow-line muted">{worker.detail}</span>
      </td>
      <td className="wide-only">{humanise(worker.isolation)}</td>
      <td className="wide-only ellipsis" title={worker.library}>
        {libraryOf(worker)}
      </td>
      <td className="wide-only wrap">{instances || MISSING}</td>
      <td className="num wide-only">{worker.pid ?? MISSING}</td>
      <td className="num wide-only">{worker.restarts}</td>
      <td className="num">
        <Heartbeat worker={worker} />
      </td>
      <td className="num wide-only">{formatBytes(worker.resident_bytes)}</td>
      <td className="wide-only wrap">{worker.detail || MISSING}</td>
      <td className="num actions">
        {actions.length === 0 ? (
          <span className="muted" title="It starts and stops with the engine">
            In the engine
          </span>
        ) : (
          actions.map((action) => (
            <ActionButton key={action} worker={worker} action={action} onAct={onAct} />
          ))
        )}
      </td>
    </tr>
  );
}

type ActionButtonProps = WorkerRowProps & { action: WorkerAction };

function ActionButton({ worker, action, onAct }: ActionButtonProps) {
  const { verb, operation, effect } = ACTIONS[action];
  const permission = usePermission(operation);
  return (
    <button
      type="button"
      className="button row"
      disabled={!permission.allowed}
      title={permission.reason ?? effect}
      aria-label={`${verb} ${worker.worker_id}`}
      onClick={() => onAct(action)}
    >
      {verb}
    </button>
  );
}

function Heartbeat({ worker }: { worker: Live<Worker> }) {
  if (worker.heartbeat === null) {
    return MISSING;
  }
  const ageMs = feed.serverNow() - worker.heartbeat;
  const silent = worker.state === 'RUNNING' && ageMs > SILENT_AFTER_MS;
  return <span className={silent ? 'state bad' : undefined}>{formatAge(ageMs)} ago</span>;
}

/** Names of the instances, or their numbers while the names are not known. */
function useInstances(worker: Live<Worker>): string {
  const rows: readonly Live<Strategy>[] = useRows(strategies);
  return worker.instance_ids
    .map((id) => {
      const strategy = rows.find((row) => row.instance_id === id);
      return strategy ? `${strategy.name} ${strategy.symbol}` : String(id);
    })
    .join(', ');
}

function libraryOf({ library, library_version }: Live<Worker>): string {
  const name = library.slice(library.lastIndexOf('/') + 1);
  return library_version === null ? name : `${name} ${library_version}`;
}
