import { enableStrategy } from '../../api/enable-strategy';
import { strategies } from '../../api/feed';
import { useRow, useRowIds, useTopicState } from '../../api/live-topic';
import { usePermission } from '../../api/permissions';
import { useTopicPanelState } from '../../api/topic-panel-state';
import type { Live, Strategy } from '../../api/types';
import { useCommand } from '../../api/use-command';
import { isUnderWay } from '../../lib/command-state';
import { phaseOfStrategy } from '../../lib/worker-state';
import { CommandOutcome } from '../../ui/command-outcome';
import { Panel } from '../../ui/panel';
import { PnlCell } from '../../ui/pnl-cell';

/** The running instances, each with its switch. */
export function StrategyList() {
  const topic = useTopicState(strategies);
  const ids = useRowIds(strategies);
  const state = useTopicPanelState({
    what: 'strategies',
    topic,
    empty: ids.length === 0 ? 'No strategy is configured.' : null,
  });
  return (
    <Panel title="Strategies" area="strategies" state={state}>
      <ul className="strategies" tabIndex={0} aria-label="Strategies">
        {ids.map((id) => (
          <StrategyItem key={id} id={id} />
        ))}
      </ul>
    </Panel>
  );
}

function StrategyItem({ id }: { id: string }) {
  const strategy = useRow(strategies, id);
  const permission = usePermission('enableStrategy');
  const command = useCommand();
  if (!strategy) {
    return null;
  }
  const enabled = strategy.status !== 'DISABLED';
  const busy = isUnderWay(command.phase) || command.phase.kind === 'unknown';
  const act = enabled ? 'Disable' : 'Enable';
  const phase = phaseOfStrategy(strategy);
  return (
    <li data-instance={strategy.instance_id}>
      <span className="strategy-line">
        <span>
          <b>{strategy.name}</b> <span className="muted">{strategy.symbol}</span>
        </span>
        <span className={`state ${phase.tone}`} title={placeOf(strategy)}>
          {phase.label}
        </span>
      </span>
      <span className="strategy-line">
        <span className="strategy-figures">
          <PnlCell value={strategy.profit} />
          <span className="muted">
            {strategy.open_trades} open, {strategy.signals}{' '}
            {strategy.signals === 1 ? 'signal' : 'signals'}
          </span>
        </span>
        <button
          type="button"
          className="button row"
          disabled={!permission.allowed || busy}
          title={permission.reason ?? effectOf(enabled)}
          aria-label={`${act} ${strategy.name} ${strategy.symbol}`}
          onClick={() =>
            command.submit((key) => enableStrategy(key, strategy.instance_id, !enabled))
          }
        >
          {busy ? 'Pending' : act}
        </button>
      </span>
      {phase.detail !== '' && <span className="strategy-detail">{phase.detail}</span>}
      <Trouble command={command} />
    </li>
  );
}

/** A switch that did what it says needs no words; anything else does. */
function Trouble({ command }: { command: ReturnType<typeof useCommand> }) {
  const { kind } = command.phase;
  return kind === 'rejected' || kind === 'refused' || kind === 'unknown' ? (
    <span className="strategy-trouble" role="status">
      <CommandOutcome control={command} />
    </span>
  ) : null;
}

function effectOf(enabled: boolean): string {
  return enabled
    ? 'Stops its signals. Its open positions stay, with their stops.'
    : 'It sends signals again.';
}

/** Which worker runs it, and how. */
function placeOf({ worker, isolation }: Live<Strategy>): string {
  if (worker === null) {
    return 'In no worker';
  }
  return isolation === 'THREAD' ? `In the engine, ${worker}` : `In a process, ${worker}`;
}
