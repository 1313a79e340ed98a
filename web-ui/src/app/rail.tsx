import { Link } from '@tanstack/react-router';
import { PAGES } from './pages';

/** The pages, at the left of a wide screen; a phone has them in the user's menu. */
export function Rail() {
  return (
    <nav className="rail wide-only" aria-label="Pages">
      {PAGES.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className="rail-link">
          <Icon size={20} aria-hidden="true" />
          {label}
        </Link>
      ))}
    </nav>
  );
}
