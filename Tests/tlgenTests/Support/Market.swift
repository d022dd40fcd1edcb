import Foundation
import TLSchema
import Testing

/// A small schema folder, and the next layer of its schema.
enum Market {
    /// The schema of layer 7.
    static let schema = """
        apple weight:int = Fruit;
        basket fruits:Vector<Fruit> = Basket;
        pear weight:int = Fruit;
        ---functions---
        ping id:long = Basket;
        market.listBaskets count:int = Vector<Basket>;
        market.sell fruit:Fruit price:long = Bool;
        // LAYER 7
        """

    /// The schema of layer 8, unsorted: a constructor has a new field, one is new, a method is new, one is gone.
    static let nextSchema = """
        // LAYER 8
        pear weight:int = Fruit;
        plum = Fruit;
        apple weight:int colour:string = Fruit;
        basket fruits:Vector<Fruit> = Basket;
        ---functions---
        market.listBaskets count:int = Vector<Basket>;
        market.buy fruit:Fruit = Basket;
        ping id:long = Basket;
        """

    static let methods = """
        method,usable_by,errors,friendly,summary
        ping,both,,,Checks that the market is open.
        market.listBaskets,user,COUNT_INVALID,listBaskets,"Lists baskets, newest first."
        market.sell,bot,,sell,Sells a fruit.

        """

    static let types = """
        name,field,summary
        Fruit,,Something sweet to sell.
        apple,,Keeps for months.
        apple,weight,Weight in grams.
        pear,,Is best on the day it is sold.
        Basket,,What is carried home.
        basket,,Holds fruits of any kind.
        market.sell,price,Price in cents.

        """

    static let history = """
        name,first_layer
        apple,3
        basket,3
        market.listBaskets,<=2
        market.sell,5
        pear,4
        ping,<=2

        """

    static let errors = """
        {
          "COUNT_INVALID": {"codes": [400], "description": "The count is not from 1 to 100."}
        }

        """

    static let configuration = """
        {"targets": {"Market": {"schema": ["api.tl"], "methods": "methods.csv", "errors": "errors.json", "shards": 1}}}
        """

    /// The same, with a reference.
    static let referenceConfiguration = """
        {"targets": {"Market": {"schema": ["api.tl"], "methods": "methods.csv", "errors": "errors.json",
          "types": "types.csv", "history": "history.csv", "reference": true, "changes": "changes.csv", "shards": 1}}}
        """

    static let changes = """
        from,to,subject,name,change,effect,details
        6,7,function,market.sell,added,none,

        """

    /// The folder `Schema` with all its files, without a problem, and `new.tl` beside it.
    static func folder() throws -> Scratch {
        let source = SchemaSource(path: "api.tl", text: schema)
        return try Scratch([
            "Schema/api.tl": try #require(SchemaImporter.normalise(source).value),
            "Schema/mtproto.tl": "pong x:long = Pong;\n",
            "Schema/methods.csv": methods,
            "Schema/types.csv": types,
            "Schema/history.csv": history,
            "Schema/errors.json": errors,
            "Schema/names.json": "{}\n",
            "Schema/tlgen.json": configuration,
            "new.tl": nextSchema,
        ])
    }
}
