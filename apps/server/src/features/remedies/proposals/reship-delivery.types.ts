import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';

@InputType({ description: 'Where a reship goes, entered for it alone.' })
export class DeliveryAddressInput {
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true }) company?: string | null;
  @Field(() => String) line1!: string;
  @Field(() => String, { nullable: true }) line2?: string | null;
  @Field(() => String) city!: string;
  @Field(() => String, { nullable: true }) region?: string | null;
  @Field(() => String, { nullable: true }) postalCode?: string | null;
  @Field(() => String, { description: 'ISO 3166, two letters.' }) country!: string;
  @Field(() => String, { nullable: true }) phone?: string | null;
}

@InputType({ description: 'Where and how a reship goes. What is left out is as before: the order’s own address, the service the customer had.' })
export class ReshipDeliveryInput {
  @Field(() => DeliveryAddressInput, { nullable: true }) address?: DeliveryAddressInput | null;
  @Field(() => String, { nullable: true }) service?: string | null;
}

@ObjectType({ description: 'Where and how a reship goes, as it is decided on.' })
export class RemedyDelivery {
  @Field(() => String, { description: 'shop: the order’s own address; other: entered for this reship; unknown: as the shop says when it is sent.' }) of!: string;
  @Field(() => [String]) address!: readonly string[];
  @Field(() => String, { nullable: true }) service?: string | null;
  @Field(() => Boolean) masked!: boolean;
  @Field(() => Boolean, { description: 'The address was erased with its customer.' }) lost!: boolean;
}

@ObjectType()
export class ReshipStockLine {
  @Field(() => String) lineId!: string;
  @Field(() => String, { nullable: true }) title?: string | null;
  @Field(() => Int, { nullable: true, description: 'Pieces; null = not known.' }) available?: number | null;
}

@ObjectType({ description: 'What is known before goods are sent again: where to, how, whether there are any, and until when it can be stopped.' })
export class ReshipBasis {
  @Field(() => [String], { nullable: true }) address?: readonly string[] | null;
  @Field(() => Boolean) masked!: boolean;
  @Field(() => String, { nullable: true }) service?: string | null;
  @Field(() => [String]) services!: readonly string[];
  @Field(() => [ReshipStockLine]) stock!: readonly ReshipStockLine[];
  @Field(() => String, { nullable: true, description: 'shop or warehouse: who sends it; null: nobody is connected.' }) way?: string | null;
  @Field(() => [String], { description: 'Names of the warehouse’s systems of which each would do: between them nobody chooses, it goes through the shop.' }) rivals!: readonly string[];
  @Field(() => Int, { description: 'After the last approval, it can be called back.' }) callBackSeconds!: number;
}
