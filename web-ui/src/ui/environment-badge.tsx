/** The word that says whose money it is: solid for LIVE, outlined for everything else. */
export function EnvironmentBadge({ environment }: { environment: string | undefined }) {
  if (!environment) {
    return null;
  }
  return (
    <span className={`environment ${environment === 'LIVE' ? 'is-live' : ''}`}>{environment}</span>
  );
}
