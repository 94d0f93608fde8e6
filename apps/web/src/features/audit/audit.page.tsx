import './audit.css';
import { useSearch } from '@tanstack/react-router';
import type { AuditSearch } from './search';
import { AuditLog } from './audit-log';
import { AuditStory } from './audit-story';

/** The audit: searched, or told as the story of one order. */
export const AuditPage = () => {
  const search = useSearch({ strict: false }) as AuditSearch;
  return search.story === undefined ? <AuditLog search={search} /> : <AuditStory key={search.story} orderId={search.story} item={search.item ?? null} />;
};
