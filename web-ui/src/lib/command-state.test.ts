import { describe, expect, it } from 'vitest';
import {
  type CommandPhase,
  type CommandReport,
  isLocked,
  onAnswer,
  onTimeout,
  phaseOf,
} from './command-state';

function report(state: CommandReport['state']): CommandReport {
  return {
    command_id: 'c1',
    state,
    ticket: null,
    price: null,
    realized_profit: null,
    reason: 'NONE',
    message: '',
  };
}

describe('a command', () => {
  it('should go from accepted to sent to done', () => {
    let phase: CommandPhase = phaseOf(report('ACCEPTED'));
    expect(phase.kind).toBe('pending');

    phase = onAnswer(phase, report('SENT'));
    phase = onAnswer(phase, report('DONE'));

    expect(phase.kind).toBe('done');
  });

  it('should keep its final state against a frame that comes late', () => {
    const done = phaseOf(report('DONE'));

    expect(onAnswer(done, report('SENT'))).toBe(done);
    expect(onTimeout(done)).toBe(done);
  });

  it('should become unknown after a while and be locked, then take the real outcome', () => {
    const unknown = onTimeout(phaseOf(report('SENT')));
    expect(unknown.kind).toBe('unknown');
    expect(isLocked(unknown)).toBe(true);

    expect(onAnswer(unknown, report('SENT'))).toBe(unknown);
    expect(onAnswer(unknown, report('REJECTED')).kind).toBe('rejected');
  });

  it('should let the form be used again after a refusal', () => {
    expect(isLocked({ kind: 'refused', problem: { message: 'x', request_id: 'r' } })).toBe(false);
    expect(isLocked(phaseOf(report('REJECTED')))).toBe(false);
    expect(isLocked(phaseOf(report('DONE')))).toBe(true);
  });
});
