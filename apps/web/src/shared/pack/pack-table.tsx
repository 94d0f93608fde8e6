import './pack.css';
import type { ReactNode } from 'react';
import { useText } from '../i18n';

interface PackTableProps {
  title: string;
  heads: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** A part of a pack for paper: nothing is folded away, and nothing there is said in words. */
export const PackTable = ({ title, heads, rows }: PackTableProps) => {
  const t = useText();
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>{t('frame:pack.none')}</p>
      ) : (
        <table aria-label={title}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((cell, i) => (
                  <td key={heads[i]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
