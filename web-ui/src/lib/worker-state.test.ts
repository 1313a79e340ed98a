import { describe, expect, test } from 'vitest';
import { actionsOf, phaseOfStrategy, workerTone } from './worker-state';

const running = { status: 'RUNNING', detail: '', worker_state: 'RUNNING', worker_detail: '' };

describe('phase of a strategy', () => {
  test('is its own as long as its worker runs, or where nobody knows', () => {
    expect(phaseOfStrategy(running)).toEqual({ label: 'Running', tone: 'good', detail: '' });
    expect(phaseOfStrategy({ ...running, worker_state: null }).label).toBe('Running');
    expect(phaseOfStrategy({ ...running, status: 'WARMING_UP', detail: '12 of 60 bars' })).toEqual({
      label: 'Warming up',
      tone: 'warn',
      detail: '12 of 60 bars',
    });
  });

  test('is that of a worker that does not run', () => {
    const restarting = { ...running, worker_state: 'RESTARTING', worker_detail: 'exit code 139' };

    expect(phaseOfStrategy(restarting)).toEqual({
      label: 'Worker restarting',
      tone: 'warn',
      detail: 'exit code 139',
    });
    expect(phaseOfStrategy({ ...restarting, worker_state: 'LOST' }).tone).toBe('bad');
    expect(phaseOfStrategy({ ...restarting, worker_state: 'STOPPED' }).label).toBe(
      'Worker stopped',
    );
  });

  test('keeps what no restart will change', () => {
    const dead = { ...running, worker_state: 'RESTARTING', worker_detail: 'exit code 139' };

    expect(phaseOfStrategy({ ...dead, status: 'DISABLED' }).label).toBe('Disabled');
    expect(phaseOfStrategy({ ...dead, status: 'ERROR', detail: 'returned 5' })).toEqual({
      label: 'In ERROR',
      tone: 'bad',
      detail: 'returned 5',
    });
  });
});

describe('a worker', () => {
  test('may be started when it has ended, else restarted or stopped', () => {
    const process = { isolation: 'PROCESS' };

    expect(actionsOf({ ...process, state: 'RUNNING' })).toEqual(['restart', 'stop']);
    expect(actionsOf({ ...process, state: 'RESTARTING' })).toEqual(['restart', 'stop']);
    expect(actionsOf({ ...process, state: 'STOPPED' })).toEqual(['start']);
    expect(actionsOf({ ...process, state: 'LOST' })).toEqual(['start']);
  });

  test('that is a thread lives with the engine', () => {
    expect(actionsOf({ isolation: 'THREAD', state: 'RUNNING' })).toEqual([]);
  });

  test('shows how well it is', () => {
    expect(['RUNNING', 'STARTING', 'RESTARTING', 'STOPPED', 'LOST'].map(workerTone)).toEqual([
      'good',
      'warn',
      'warn',
      'plain',
      'bad',
    ]);
  });
});
