// What a strategy worker's state means for those who watch and control it.

export type WorkerState = 'STARTING' | 'RUNNING' | 'RESTARTING' | 'STOPPED' | 'LOST';
export type WorkerAction = 'start' | 'stop' | 'restart';
export type Tone = 'good' | 'warn' | 'bad' | 'plain';

export function workerTone(state: string): Tone {
  switch (state) {
    case 'RUNNING':
      return 'good';
    case 'LOST':
      return 'bad';
    case 'STOPPED':
      return 'plain';
    default:
      return 'warn';
  }
}

/** What may be asked of a worker in this state; nothing of a thread, which lives with the engine. */
export function actionsOf(worker: { isolation: string; state: string }): WorkerAction[] {
  if (worker.isolation === 'THREAD') {
    return [];
  }
  return worker.state === 'STOPPED' || worker.state === 'LOST' ? ['start'] : ['restart', 'stop'];
}

type StrategyState = {
  status: string;
  detail: string;
  worker_state: string | null;
  worker_detail: string;
};

export type Phase = { label: string; tone: Tone; detail: string };

const STATUS: Record<string, { label: string; tone: Tone }> = {
  RUNNING: { label: 'Running', tone: 'good' },
  DISABLED: { label: 'Disabled', tone: 'plain' },
  WARMING_UP: { label: 'Warming up', tone: 'warn' },
  ERROR: { label: 'In ERROR', tone: 'bad' },
};

/** Where a strategy stands: it runs only as long as its worker does. */
export function phaseOfStrategy(strategy: StrategyState): Phase {
  const { status, detail, worker_state, worker_detail } = strategy;
  const own = STATUS[status] ?? { label: status, tone: 'warn' as const };
  const workerRuns = worker_state === null || worker_state === 'RUNNING';
  if (workerRuns || status === 'DISABLED' || status === 'ERROR') {
    return { ...own, detail };
  }
  return {
    label: `Worker ${worker_state.toLowerCase()}`,
    tone: worker_state === 'LOST' ? 'bad' : 'warn',
    detail: worker_detail,
  };
}
