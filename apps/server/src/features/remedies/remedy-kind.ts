import { registerEnumType } from '@nestjs/graphql';

export enum RemedyKind { refund = 'refund', reship = 'reship', credit = 'credit' }
registerEnumType(RemedyKind, { name: 'RemedyKind' });
