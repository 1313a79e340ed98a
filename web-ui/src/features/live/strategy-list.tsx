import { enableStrategy } from '../../api/enable-strategy';
import { strategies } from '../../api/feed';
import { useRow, useRowIds, useTopicState } from '../../api/live-topic';
import { usePermission } from '../../api/permissions';
import { useCommand } from '../../api/use-command';
import { isUnderWay } from '../../lib/command-state';
import { humanise } from '../../lib/format';
import { CommandOutcome } from '../../ui/command-outcome';
import { Panel } from '../../ui/panel';
import { PnlCell } from '../../ui/pnl-cell';
import { useTopicPanelState } from './topic-panel-state';

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
  return (
    <li data-instance={strategy.instance_id}>
      <span className="strategy-line">
        <span>
          <b>{strategy.name}</b> <span className="muted">{strategy.symbol}</span>
        </span>
        <span className={`state ${toneOf(strategy.status)}`} title={strategy.detail || undefined}>
          {humanise(strategy.status)}
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

function toneOf(status: string): string {
  if (status === 'RUNNING') {
    return 'good';
  }
  return status === 'ERROR' ? 'bad' : status === 'WARMING_UP' ? 'warn' : 'plain';
}
