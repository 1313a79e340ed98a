import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type CommandControl,
  type CommandPhase,
  isUnderWay,
  onAnswer,
  onTimeout,
  phaseOf,
  UNKNOWN_AFTER_MS,
} from '../lib/command-state';
import { type CommandReply, newIdempotencyKey } from './command';
import { commands } from './feed';
import { getCommand } from './get-command';

const POLL_MS = 1_000;

type Send = (key: string) => Promise<CommandReply>;

/**
 * One dialog's command: sent at most once per intent, followed by feed and by polling until it is
 * final. The key is made when the dialog opens; only a definite refusal makes a new one.
 */
export function useCommand(): CommandControl<Send> {
  const queryClient = useQueryClient();
  const [phase, setPhase] = useState<CommandPhase>({ kind: 'idle' });
  const key = useRef(newIdempotencyKey());
  const busy = useRef(false);
  const lastSend = useRef<Send | null>(null);
  const mounted = useRef(true);

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const commandId = 'answer' in phase ? phase.answer?.command_id : undefined;
  const waiting = phase.kind === 'pending' || (phase.kind === 'unknown' && commandId !== undefined);

  // A final answer ends the intent: what is sent next is another one, with another key.
  useEffect(() => {
    if (phase.kind === 'done' || phase.kind === 'rejected' || phase.kind === 'refused') {
      busy.current = false;
      key.current = newIdempotencyKey();
    }
    if (phase.kind === 'done') {
      void queryClient.invalidateQueries({ queryKey: ['history'] });
      void queryClient.invalidateQueries({ queryKey: ['performance'] });
    }
  }, [phase, queryClient]);

  const send = useCallback(async (act: Send) => {
    setPhase({ kind: 'sending' });
    let next: CommandPhase;
    try {
      const reply = await act(key.current);
      next =
        reply.kind === 'answer'
          ? phaseOf(reply.answer)
          : { kind: 'refused', problem: reply.problem };
    } catch (error) {
      next = { kind: 'unknown', answer: null, message: messageOf(error) };
    }
    if (mounted.current) {
      setPhase(next);
    }
  }, []);

  const submit = useCallback(
    (act: Send) => {
      if (!busy.current) {
        busy.current = true;
        lastSend.current = act;
        void send(act);
      }
    },
    [send],
  );

  /** Without an id the same request with the same key asks: it can never make a second command. */
  const check = useCallback(() => {
    if (commandId !== undefined) {
      void getCommand(commandId)
        .then((answer) => setPhase((held) => onAnswer(held, answer)))
        .catch(() => undefined);
    } else if (lastSend.current) {
      void send(lastSend.current);
    }
  }, [commandId, send]);

  // Follow the command by feed, and by polling where the feed is down.
  useEffect(() => {
    if (!waiting || commandId === undefined) {
      return;
    }
    const look = () => {
      const answer = commands.events.getList().find((event) => event.command_id === commandId);
      if (answer) {
        setPhase((held) => onAnswer(held, answer));
      }
    };
    const release = commands.retain();
    const unsubscribe = commands.events.subscribe(look);
    const poll = setInterval(() => {
      getCommand(commandId)
        .then((answer) => setPhase((held) => onAnswer(held, answer)))
        .catch(() => undefined);
    }, POLL_MS);
    look();
    return () => {
      unsubscribe();
      release();
      clearInterval(poll);
    };
  }, [waiting, commandId]);

  const underWay = isUnderWay(phase);
  useEffect(() => {
    if (underWay) {
      const timer = setTimeout(() => setPhase(onTimeout), UNKNOWN_AFTER_MS);
      return () => clearTimeout(timer);
    }
  }, [underWay]);

  return { phase, submit, check };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The gateway did not answer.';
}
