import { useState } from 'react';
import { usePermission } from '../../api/permissions';
import type { System } from '../../api/system';
import { type ControlAction, ControlDialog } from './control-dialog';

/** Stops new risk, or everything. Always in sight for those who may use it. */
export function KillSwitch({ system }: { system: System }) {
  const [action, setAction] = useState<ControlAction | null>(null);
  const halt = usePermission('halt');
  const flatten = usePermission('flatten');
  const resume = usePermission('resume');
  const halted = system.engine === 'HALTED';

  return (
    <div className="kill-switch">
      {halted ? (
        <button
          type="button"
          className="button"
          disabled={!resume.allowed}
          title={resume.reason ?? 'Ends the halt'}
          onClick={() => setAction('resume')}
        >
          Resume
        </button>
      ) : (
        <button
          type="button"
          className="button danger"
          disabled={!halt.allowed}
          title={halt.reason ?? 'No new risk; open positions stay'}
          onClick={() => setAction('halt')}
        >
          Halt
        </button>
      )}
      <button
        type="button"
        className="button danger"
        disabled={!flatten.allowed}
        title={flatten.reason ?? 'Halts, cancels every pending order and closes every position'}
        onClick={() => setAction('flatten')}
      >
        Flatten
      </button>
      {action && (
        <ControlDialog
          action={action}
          environment={system.environment}
          onClose={() => setAction(null)}
        />
      )}
    </div>
  );
}
