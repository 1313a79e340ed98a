import './ops.css';
import { WorkersTable } from './workers-table';

/** The strategy workers: which run, what they run, and the way to start and stop them. */
export function WorkersPage() {
  return (
    <div className="ops">
      <h1 className="sr-only">Workers</h1>
      <WorkersTable />
    </div>
  );
}
