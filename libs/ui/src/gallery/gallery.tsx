import './gallery.css';
import { useState } from 'react';
import { Timeline } from '../timeline/timeline';
import { Block } from './block';
import { ChartsBlock } from './charts-block';
import { GridBlock } from './grid-block';
import { GridStatesBlock } from './grid-states-block';
import { PrimitivesBlock } from './primitives-block';
import { sampleLanes, sampleTimeline } from './samples';

/** Every component in every state, on one page; the visual checks look at this. */
export const Gallery = () => {
  const [current, setCurrent] = useState<string | null>(null);
  return (
    <div className="ow-gallery">
      <h1>Gallery</h1>
      <PrimitivesBlock />
      <GridBlock title="Queue grid with held order, pill and peek" label="Next up, due soonest first" size={60} hasPeek />
      <GridBlock title="Queue grid of 5 000 rows" label="Five thousand, due soonest first" size={5000} />
      <GridStatesBlock />
      <Block title="Timeline">
        <div className="ow-gallery-tall">
          <Timeline
            label="Timeline of order 10290"
            lanes={sampleLanes}
            items={sampleTimeline}
            heads={{ when: 'When', what: 'What happened', who: 'Who said it' }}
            currentId={current}
            onCurrentChange={setCurrent}
            onOpen={() => undefined}
          />
        </div>
      </Block>
      <ChartsBlock />
    </div>
  );
};
