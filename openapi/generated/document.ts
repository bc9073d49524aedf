// Generated from hood-exports.yaml by `pnpm generate`. Do not edit.

/** The OpenAPI document as a value, for those who cannot read YAML at run time. */
export const document: Readonly<Record<string, unknown>> = {
  "openapi": "3.1.1",
  "info": {
    "title": "Hood exports",
    "version": "2.0.0",
    "summary": "List, filter, view, download, retry and make the exports of an Ocamba Hood account.",
    "description": "Written by hand from the vendor's public pages. Each description ends with the source of its fact:\n\n- **[S]** the vendor's page \"List Export items\";\n- **[V]** the vendor's other public pages of the same API (the API overview, view, download, retry, the export\n  of a quick report, the sibling list pages, key validation, the rate limits guide);\n- **[?]** not documented anywhere: what stands here is this project's choice, made in this one place.\n\nEvery call is counted against two fixed windows of its **account** (see `x-rate-limits`). [S, V]\n\nNumbers may arrive as strings of digits: the vendor's samples of the same envelope show both. [V]\n",
    "license": {
      "name": "MIT",
      "identifier": "MIT"
    },
    "contact": {
      "name": "hood-exports"
    }
  },
  "servers": [
    {
      "url": "https://api.ocamba.com",
      "description": "The vendor's production origin. [S]"
    }
  ],
  "security": [
    {
      "bearer": []
    }
  ],
  "tags": [
    {
      "name": "Exports",
      "description": "Files that Hood has prepared for download."
    }
  ],
  "x-rate-limits": {
    "scope": "account",
    "windows": [
      {
        "name": "burst",
        "limit": 10,
        "seconds": 1
      },
      {
        "name": "steady",
        "limit": 150,
        "seconds": 60
      }
    ],
    "tiers": {
      "A": [
        1,
        15
      ],
      "B": [
        3,
        60
      ],
      "C": [
        10,
        150
      ],
      "D": [
        75,
        700
      ],
      "E": [
        350,
        3500
      ]
    },
    "parallel": null
  },
  "x-filter-operators": {
    "eq": {
      "values": "one",
      "means": "equal to the value; the same without an operator"
    },
    "neq": {
      "values": "one",
      "means": "not equal to the value"
    },
    "gt": {
      "values": "one",
      "means": "greater than the value"
    },
    "gte": {
      "values": "one",
      "means": "greater than the value or equal to it"
    },
    "lt": {
      "values": "one",
      "means": "less than the value"
    },
    "lte": {
      "values": "one",
      "means": "less than the value or equal to it"
    },
    "in": {
      "values": "many",
      "means": "one of the values"
    },
    "nin": {
      "values": "many",
      "means": "none of the values"
    },
    "is": {
      "values": "none",
      "means": "not null"
    },
    "isn": {
      "values": "none",
      "means": "null"
    },
    "r": {
      "values": "two",
      "means": "a range without both ends"
    },
    "rf": {
      "values": "two",
      "means": "a range with both ends"
    },
    "rl": {
      "values": "two",
      "means": "a range with its start; that it is without its end is a choice [?]"
    },
    "rr": {
      "values": "two",
      "means": "a range with its end; that it is without its start is a choice [?]"
    }
  },
  "paths": {
    "/v1/hood/exports": {
      "get": {
        "operationId": "listExports",
        "tags": [
          "Exports"
        ],
        "summary": "List export items",
        "description": "Returns one page of the account's export items. `total` counts every match, not the page. [S]\n\nEvery member of an item is a query parameter that filters by its value: `status=ready`,\n`create_time=gte:2026-01-01`. Filters on several members must all hold, also together with `q`. [S, V]\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Fields"
          },
          {
            "$ref": "#/components/parameters/View"
          },
          {
            "$ref": "#/components/parameters/Sort"
          },
          {
            "$ref": "#/components/parameters/Page"
          },
          {
            "$ref": "#/components/parameters/Query"
          },
          {
            "$ref": "#/components/parameters/QueryFields"
          },
          {
            "$ref": "#/components/parameters/FilterId"
          },
          {
            "$ref": "#/components/parameters/FilterCompanyId"
          },
          {
            "$ref": "#/components/parameters/FilterCreatorId"
          },
          {
            "$ref": "#/components/parameters/FilterResource"
          },
          {
            "$ref": "#/components/parameters/FilterStatus"
          },
          {
            "$ref": "#/components/parameters/FilterName"
          },
          {
            "$ref": "#/components/parameters/FilterDescription"
          },
          {
            "$ref": "#/components/parameters/FilterSize"
          },
          {
            "$ref": "#/components/parameters/FilterExtension"
          },
          {
            "$ref": "#/components/parameters/FilterMimeType"
          },
          {
            "$ref": "#/components/parameters/FilterDownloadUrl"
          },
          {
            "$ref": "#/components/parameters/FilterAttemptCount"
          },
          {
            "$ref": "#/components/parameters/FilterDownloadCount"
          },
          {
            "$ref": "#/components/parameters/FilterFailureReason"
          },
          {
            "$ref": "#/components/parameters/FilterExpireTime"
          },
          {
            "$ref": "#/components/parameters/FilterCreateTime"
          },
          {
            "$ref": "#/components/parameters/FilterUpdateTime"
          }
        ],
        "responses": {
          "200": {
            "description": "One page of export items. [S]",
            "headers": {
              "X-RateLimit-Limit": {
                "$ref": "#/components/headers/X-RateLimit-Limit"
              },
              "X-RateLimit-Remaining": {
                "$ref": "#/components/headers/X-RateLimit-Remaining"
              },
              "X-RateLimit-Reset": {
                "$ref": "#/components/headers/X-RateLimit-Reset"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ExportList"
                },
                "examples": {
                  "onePage": {
                    "$ref": "#/components/examples/OnePage"
                  },
                  "empty": {
                    "$ref": "#/components/examples/EmptyList"
                  },
                  "selectedFields": {
                    "$ref": "#/components/examples/SelectedFields"
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          },
          "500": {
            "$ref": "#/components/responses/InternalServerError"
          }
        }
      }
    },
    "/v1/hood/exports/{id}": {
      "get": {
        "operationId": "viewExport",
        "tags": [
          "Exports"
        ],
        "summary": "View one export item",
        "description": "Returns the list envelope with exactly one item, not a bare object. [V]\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ExportId"
          },
          {
            "$ref": "#/components/parameters/Fields"
          },
          {
            "$ref": "#/components/parameters/View"
          }
        ],
        "responses": {
          "200": {
            "description": "The item, in an envelope of one. [V]",
            "headers": {
              "X-RateLimit-Limit": {
                "$ref": "#/components/headers/X-RateLimit-Limit"
              },
              "X-RateLimit-Remaining": {
                "$ref": "#/components/headers/X-RateLimit-Remaining"
              },
              "X-RateLimit-Reset": {
                "$ref": "#/components/headers/X-RateLimit-Reset"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ExportEnvelope"
                },
                "examples": {
                  "oneItem": {
                    "$ref": "#/components/examples/OneItem"
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          },
          "500": {
            "$ref": "#/components/responses/InternalServerError"
          }
        }
      }
    },
    "/v1/hood/exports/{id}/download": {
      "get": {
        "operationId": "downloadExport",
        "tags": [
          "Exports"
        ],
        "summary": "Download the exported file",
        "description": "Streams the file in chunks, without `Content-Length`. [V]\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ExportId"
          }
        ],
        "responses": {
          "200": {
            "description": "The file. Its `Content-Type` varies with the resource; `text/csv` in the vendor's sample. [V]",
            "headers": {
              "X-RateLimit-Limit": {
                "$ref": "#/components/headers/X-RateLimit-Limit"
              },
              "X-RateLimit-Remaining": {
                "$ref": "#/components/headers/X-RateLimit-Remaining"
              },
              "X-RateLimit-Reset": {
                "$ref": "#/components/headers/X-RateLimit-Reset"
              }
            },
            "content": {
              "text/csv": {
                "schema": {
                  "type": "string",
                  "description": "The bytes of a CSV file. [V]"
                },
                "examples": {
                  "csv": {
                    "$ref": "#/components/examples/CsvFile"
                  }
                }
              },
              "*/*": {
                "schema": {
                  "description": "The bytes of any other kind of file. [V]"
                },
                "examples": {
                  "csv": {
                    "$ref": "#/components/examples/CsvFile"
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          },
          "500": {
            "$ref": "#/components/responses/InternalServerError"
          }
        }
      }
    },
    "/v1/hood/exports/{id}/retry": {
      "post": {
        "operationId": "retryExport",
        "tags": [
          "Exports"
        ],
        "summary": "Run an export again",
        "description": "Runs an export again, with the parameters of its first request. There is no body. [V]\n\nNot documented, and chosen here: the record stays the same, with one more in `attempt_count` and a status that\nis not `ready`; an export that is being prepared is answered with 400, every other one can be run again. [?]\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ExportId"
          }
        ],
        "responses": {
          "202": {
            "description": "Accepted; a long running operation has begun. [V]",
            "headers": {
              "X-RateLimit-Limit": {
                "$ref": "#/components/headers/X-RateLimit-Limit"
              },
              "X-RateLimit-Remaining": {
                "$ref": "#/components/headers/X-RateLimit-Remaining"
              },
              "X-RateLimit-Reset": {
                "$ref": "#/components/headers/X-RateLimit-Reset"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Operation"
                },
                "examples": {
                  "running": {
                    "$ref": "#/components/examples/RunningOperation"
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          },
          "500": {
            "$ref": "#/components/responses/InternalServerError"
          }
        }
      }
    },
    "/v1/hood/quick-reports/{id}/export": {
      "post": {
        "operationId": "exportQuickReport",
        "tags": [
          "Exports"
        ],
        "summary": "Make an export of a quick report",
        "description": "Makes an export of a quick report; the result is listed among the exports. [V] How the `id` of the operation\nleads to the `id` of the export is not documented: find it by its name and its creation time. [?]\n\nThe vendor takes a form-encoded body as well. [V] It is left out here, because how `filters` is written in one\nis not shown.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ReportId"
          }
        ],
        "requestBody": {
          "required": true,
          "description": "What to export, and how. [V]",
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/QuickReportExport"
              },
              "examples": {
                "campaigns": {
                  "$ref": "#/components/examples/CampaignReport"
                }
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "Accepted; a long running operation has begun. [V]",
            "headers": {
              "X-RateLimit-Limit": {
                "$ref": "#/components/headers/X-RateLimit-Limit"
              },
              "X-RateLimit-Remaining": {
                "$ref": "#/components/headers/X-RateLimit-Remaining"
              },
              "X-RateLimit-Reset": {
                "$ref": "#/components/headers/X-RateLimit-Reset"
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Operation"
                },
                "examples": {
                  "running": {
                    "$ref": "#/components/examples/RunningOperation"
                  }
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          },
          "500": {
            "$ref": "#/components/responses/InternalServerError"
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal API key, sent as `Authorization` with every call. [S]"
      }
    },
    "parameters": {
      "ExportId": {
        "name": "id",
        "in": "path",
        "required": true,
        "description": "The item's `id`. [V]",
        "schema": {
          "$ref": "#/components/schemas/Id"
        },
        "example": "1000000"
      },
      "Fields": {
        "name": "fields",
        "in": "query",
        "description": "Return only these members of each item. Takes precedence over `view`. [V] Every member can be named. [S]\n",
        "style": "form",
        "explode": false,
        "schema": {
          "type": "array",
          "minItems": 1,
          "items": {
            "type": "string",
            "enum": [
              "id",
              "company_id",
              "creator_id",
              "resource",
              "status",
              "name",
              "description",
              "size",
              "extension",
              "mime_type",
              "download_url",
              "attempt_count",
              "download_count",
              "failure_reason",
              "expire_time",
              "create_time",
              "update_time"
            ]
          }
        },
        "example": [
          "id",
          "name"
        ]
      },
      "View": {
        "name": "view",
        "in": "query",
        "description": "How much of each item to return. Which members `default` leaves out is not documented. [V, ?]",
        "schema": {
          "type": "string",
          "enum": [
            "default",
            "full"
          ]
        },
        "example": "full"
      },
      "Sort": {
        "name": "sort",
        "in": "query",
        "description": "Sort keys, most significant first: a field ascends, a field after `-` descends. [V]\nThe fields are the vendor's list. [S]\n",
        "style": "form",
        "explode": false,
        "schema": {
          "type": "array",
          "minItems": 1,
          "items": {
            "type": "string",
            "enum": [
              "resource",
              "-resource",
              "status",
              "-status",
              "name",
              "-name",
              "size",
              "-size",
              "extension",
              "-extension",
              "mime_type",
              "-mime_type",
              "attempt_count",
              "-attempt_count",
              "download_count",
              "-download_count",
              "expire_time",
              "-expire_time",
              "create_time",
              "-create_time",
              "update_time",
              "-update_time"
            ]
          }
        },
        "example": [
          "-create_time",
          "name"
        ]
      },
      "Page": {
        "name": "page",
        "in": "query",
        "description": "`N` or `N,M`: the page number from 1, and the number of items in a page. Without `M` the size depends\non the resource's settings. [V] It is 10 for the campaigns of the same API, newest first; 10 is the choice\nhere too. [?] An upper bound of `M`, and what a page after the last one answers, are not documented. [?]\n",
        "style": "form",
        "explode": false,
        "schema": {
          "type": "array",
          "minItems": 1,
          "maxItems": 2,
          "items": {
            "type": "integer",
            "minimum": 1
          }
        },
        "example": [
          2,
          50
        ]
      },
      "Query": {
        "name": "q",
        "in": "query",
        "description": "Search term; a substring match over the searchable fields. [V] Case is not documented. [?]",
        "schema": {
          "type": "string"
        },
        "example": "Christmas"
      },
      "QueryFields": {
        "name": "q_fields",
        "in": "query",
        "description": "Which of the searchable fields `q` looks in. Without it a default search field is used. [V]\n`failed_reason` is the wire name here, although the item's member is `failure_reason`. [S]\n",
        "style": "form",
        "explode": false,
        "x-member-names": {
          "failed_reason": "failure_reason"
        },
        "schema": {
          "type": "array",
          "minItems": 1,
          "items": {
            "type": "string",
            "enum": [
              "id",
              "resource",
              "name",
              "description",
              "failed_reason"
            ]
          }
        },
        "example": [
          "name",
          "description"
        ]
      },
      "FilterId": {
        "name": "id",
        "in": "query",
        "description": "Filters by `id`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/IdFilter"
        },
        "example": "in:1000000,1000001"
      },
      "FilterCompanyId": {
        "name": "company_id",
        "in": "query",
        "description": "Filters by `company_id`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/IdFilter"
        },
        "example": "1000001"
      },
      "FilterCreatorId": {
        "name": "creator_id",
        "in": "query",
        "description": "Filters by `creator_id`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/IdFilter"
        },
        "example": "neq:1000001"
      },
      "FilterResource": {
        "name": "resource",
        "in": "query",
        "description": "Filters by `resource`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TextFilter"
        },
        "example": "quick-reports"
      },
      "FilterStatus": {
        "name": "status",
        "in": "query",
        "description": "Filters by `status`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TextFilter"
        },
        "example": "ready"
      },
      "FilterName": {
        "name": "name",
        "in": "query",
        "description": "Filters by `name`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TextFilter"
        },
        "example": "eq:Christmas list - 22.05.2025 11:44:32"
      },
      "FilterDescription": {
        "name": "description",
        "in": "query",
        "description": "Filters by `description`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TextFilter"
        },
        "example": "is:"
      },
      "FilterSize": {
        "name": "size",
        "in": "query",
        "description": "Filters by `size`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/NumberFilter"
        },
        "example": "gt:1000000"
      },
      "FilterExtension": {
        "name": "extension",
        "in": "query",
        "description": "Filters by `extension`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TextFilter"
        },
        "example": "in:csv,json"
      },
      "FilterMimeType": {
        "name": "mime_type",
        "in": "query",
        "description": "Filters by `mime_type`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TextFilter"
        },
        "example": "text/csv"
      },
      "FilterDownloadUrl": {
        "name": "download_url",
        "in": "query",
        "description": "Filters by `download_url`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TextFilter"
        },
        "example": "is:"
      },
      "FilterAttemptCount": {
        "name": "attempt_count",
        "in": "query",
        "description": "Filters by `attempt_count`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/NumberFilter"
        },
        "example": "gte:2"
      },
      "FilterDownloadCount": {
        "name": "download_count",
        "in": "query",
        "description": "Filters by `download_count`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/NumberFilter"
        },
        "example": "0"
      },
      "FilterFailureReason": {
        "name": "failure_reason",
        "in": "query",
        "description": "Filters by `failure_reason`. [S, V] The wire name of this filter is not documented: `q_fields` has `failed_reason`, and\nthe item's member is the choice here. [?]\n",
        "schema": {
          "$ref": "#/components/schemas/TextFilter"
        },
        "example": "isn:"
      },
      "FilterExpireTime": {
        "name": "expire_time",
        "in": "query",
        "description": "Filters by `expire_time`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TimeFilter"
        },
        "example": "gt:2026-01-31 12:00:00"
      },
      "FilterCreateTime": {
        "name": "create_time",
        "in": "query",
        "description": "Filters by `create_time`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TimeFilter"
        },
        "example": "rf:2026-01-01,2026-01-31 23:59:59"
      },
      "FilterUpdateTime": {
        "name": "update_time",
        "in": "query",
        "description": "Filters by `update_time`. [S, V]",
        "schema": {
          "$ref": "#/components/schemas/TimeFilter"
        },
        "example": "gte:2026-01-01"
      },
      "ReportId": {
        "name": "id",
        "in": "path",
        "required": true,
        "description": "The quick report's id. [V] That it is a string of digits, as other ids are, is a choice. [?]",
        "schema": {
          "$ref": "#/components/schemas/Id"
        },
        "example": "17430755068336100383"
      }
    },
    "headers": {
      "X-RateLimit-Limit": {
        "description": "Requests allowed in the window that the three headers describe. Which window that is, is not said;\nthis value tells. [V]\n",
        "required": true,
        "schema": {
          "type": "integer",
          "minimum": 0
        },
        "example": 150
      },
      "X-RateLimit-Remaining": {
        "description": "Requests left in that window. [V]",
        "required": true,
        "schema": {
          "type": "integer",
          "minimum": 0
        },
        "example": 149
      },
      "X-RateLimit-Reset": {
        "description": "Seconds until that window refreshes. [V] Whether it is rounded up, down or to nearest is not said. [?]",
        "required": true,
        "schema": {
          "type": "integer",
          "minimum": 0
        },
        "example": 42
      },
      "Retry-After": {
        "description": "Whole seconds to wait. `-1`: the limit on parallel requests was hit and no time can be given; the retry\ndepends on an in-flight request finishing. Most 429s have it, and not all. [V]\n",
        "schema": {
          "type": "integer",
          "minimum": -1
        },
        "examples": {
          "seconds": {
            "summary": "A window is used up",
            "value": 1
          },
          "parallel": {
            "summary": "Too many requests at once",
            "value": -1
          }
        }
      }
    },
    "schemas": {
      "Id": {
        "type": "string",
        "pattern": "^[0-9]+$",
        "description": "A string of digits. [S]",
        "examples": [
          "1000000"
        ]
      },
      "Timestamp": {
        "type": "string",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$",
        "description": "`YYYY-MM-DD HH:MM:SS`, GMT, without a zone suffix; not RFC 3339. [S, V]\n",
        "examples": [
          "2021-07-30 12:50:13"
        ]
      },
      "Count": {
        "description": "A number that may be written as a string of digits. [V]",
        "anyOf": [
          {
            "type": "integer",
            "minimum": 0
          },
          {
            "type": "string",
            "pattern": "^[0-9]+$"
          }
        ],
        "examples": [
          125,
          "125"
        ]
      },
      "TextFilter": {
        "type": "string",
        "description": "A filter of a text: `value`, `eq:value`, `neq:value`, `in:a,b`, `nin:a,b`, `is:` (has a value) or `isn:` (is\nnull). [V] Ranges are not for texts. [V]\n\nNot documented, and chosen here: what begins with lower-case letters and a colon is read as an operator, so a\nvalue that does needs `eq:` in front; a comma inside a value of a list cannot be written; letter case counts;\nnull meets `neq`, `nin` and `isn`, and nothing else; an operator that a member does not take is a 400, and so\nis the same parameter twice. [?]\n",
        "pattern": "^([a-z]*([^a-z:][\\s\\S]*)?|n?eq:[\\s\\S]*|n?in:[^,]+(,[^,]+)*|isn?:)$",
        "x-filter": {
          "kind": "text",
          "operators": [
            "eq",
            "neq",
            "in",
            "nin",
            "is",
            "isn"
          ]
        },
        "examples": [
          "ready",
          "in:csv,json",
          "isn:"
        ]
      },
      "IdFilter": {
        "type": "string",
        "description": "A filter of an id: `id`, `eq:id`, `neq:id`, `in:1,2`, `nin:1,2`, `is:` or `isn:`. [V] Ids are texts, so ranges\nare not for them. [V] What is not documented is chosen as for texts. [?]\n",
        "pattern": "^((n?eq:)?[0-9]+|n?in:[0-9]+(,[0-9]+)*|isn?:)$",
        "x-filter": {
          "kind": "id",
          "operators": [
            "eq",
            "neq",
            "in",
            "nin",
            "is",
            "isn"
          ]
        },
        "examples": [
          "1000000",
          "in:1000000,1000001"
        ]
      },
      "NumberFilter": {
        "type": "string",
        "description": "A filter of a whole number: `1`, `eq:1`, `neq:1`, `gt:1`, `gte:1`, `lt:1`, `lte:1`, `in:1,2`, `nin:1,2`, the\nranges `r:1,9` (without both ends), `rf:1,9` (with both), `rl:1,9` (with the start), `rr:1,9` (with the end),\n`is:` or `isn:`. [V] Null is in no range and meets no comparison but `neq` and `nin`. [?]\n",
        "pattern": "^(((n?eq|[gl]te?):)?-?[0-9]+|n?in:-?[0-9]+(,-?[0-9]+)*|r[flr]?:-?[0-9]+,-?[0-9]+|isn?:)$",
        "x-filter": {
          "kind": "number",
          "operators": [
            "eq",
            "neq",
            "gt",
            "gte",
            "lt",
            "lte",
            "in",
            "nin",
            "is",
            "isn",
            "r",
            "rf",
            "rl",
            "rr"
          ]
        },
        "examples": [
          "0",
          "gt:1000000",
          "rf:1,5"
        ]
      },
      "TimeFilter": {
        "type": "string",
        "description": "A filter of a time, with the operators of a number. A time is `YYYY-MM-DD HH:MM:SS`, or `YYYY-MM-DD`. [V] That\na date alone means its midnight, also as the end of a range, is a choice. [?]\n",
        "pattern": "^(((n?eq|[gl]te?):)?[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?|n?in:[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?(,[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?)*|r[flr]?:[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?,[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?|isn?:)$",
        "x-filter": {
          "kind": "time",
          "operators": [
            "eq",
            "neq",
            "gt",
            "gte",
            "lt",
            "lte",
            "in",
            "nin",
            "is",
            "isn",
            "r",
            "rf",
            "rl",
            "rr"
          ]
        },
        "examples": [
          "gte:2026-01-01",
          "rf:2025-07-01 00:00:00,2025-07-03 23:59:59"
        ]
      },
      "Export": {
        "type": "object",
        "description": "One export. Which members can be absent or null is not documented, and with `fields` any can be absent:\nso none is required here, and null is allowed where an export may not have the value yet. [S, ?]\n",
        "properties": {
          "id": {
            "$ref": "#/components/schemas/Id"
          },
          "company_id": {
            "$ref": "#/components/schemas/Id",
            "description": "The company that the export belongs to; a string of digits. [S]"
          },
          "creator_id": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/Id"
              },
              {
                "type": "null"
              }
            ],
            "description": "Who asked for the export; a string of digits. [S]"
          },
          "resource": {
            "type": "string",
            "x-known-values": [
              "quick-reports"
            ],
            "description": "What was exported. Open to values never seen. [S, ?]"
          },
          "status": {
            "type": "string",
            "x-known-values": [
              "ready"
            ],
            "x-failed-values": [
              "failed",
              "error"
            ],
            "description": "Only `ready` is documented. Open to values never seen. [S] That `failed` or `error` says that an export has\nfailed is a choice. [?]\n"
          },
          "name": {
            "type": "string",
            "description": "The name for people. [S]"
          },
          "description": {
            "type": [
              "string",
              "null"
            ],
            "description": "Free text. [S]"
          },
          "size": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/Count"
              },
              {
                "type": "null"
              }
            ],
            "description": "The size of the file. [S] That it is in bytes is a choice. [?]"
          },
          "extension": {
            "type": [
              "string",
              "null"
            ],
            "x-known-values": [
              "csv"
            ],
            "description": "The file name extension, without a dot. Open to values never seen. [S, ?]"
          },
          "mime_type": {
            "type": [
              "string",
              "null"
            ],
            "x-known-values": [
              "text/csv"
            ],
            "description": "The media type of the file. Open to values never seen. [S, ?]"
          },
          "download_url": {
            "type": [
              "string",
              "null"
            ],
            "description": "Host-relative, and in the vendor's sample not the documented download path. Opaque text: never send\na token to another origin because of it. [S, V]\n"
          },
          "attempt_count": {
            "$ref": "#/components/schemas/Count",
            "description": "How often the export was attempted. [S]"
          },
          "download_count": {
            "$ref": "#/components/schemas/Count",
            "description": "How often the file was downloaded. [S]"
          },
          "failure_reason": {
            "type": [
              "string",
              "null"
            ],
            "description": "Why an attempt failed. Independent of `status`. [S]"
          },
          "expire_time": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/Timestamp"
              },
              {
                "type": "null"
              }
            ],
            "description": "When the file expires. [S]"
          },
          "create_time": {
            "$ref": "#/components/schemas/Timestamp"
          },
          "update_time": {
            "$ref": "#/components/schemas/Timestamp"
          }
        }
      },
      "ExportList": {
        "type": "object",
        "description": "A page of items. [S]",
        "required": [
          "total",
          "items"
        ],
        "properties": {
          "total": {
            "$ref": "#/components/schemas/Count",
            "description": "How many items match in all, not in this page. [S]"
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Export"
            }
          }
        }
      },
      "ExportEnvelope": {
        "description": "The list envelope with exactly one item. [V]",
        "allOf": [
          {
            "$ref": "#/components/schemas/ExportList"
          },
          {
            "type": "object",
            "required": [
              "total",
              "items"
            ],
            "properties": {
              "total": {
                "anyOf": [
                  {
                    "const": 1
                  },
                  {
                    "const": "1"
                  }
                ]
              },
              "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 1,
                "items": {
                  "$ref": "#/components/schemas/Export"
                }
              }
            }
          }
        ]
      },
      "Operation": {
        "type": "object",
        "description": "A long running operation. [V] Which members are always there is not documented; nothing works without `id`. [?]\nIts `id` is not the id of an export. [V]\n",
        "required": [
          "id"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "The operation's id; a UUID in the vendor's sample. [V]"
          },
          "company_id": {
            "$ref": "#/components/schemas/Id",
            "description": "The company that it runs for; a string of digits. [V]"
          },
          "member_id": {
            "$ref": "#/components/schemas/Id",
            "description": "Who began it; a string of digits. [V]"
          },
          "name": {
            "type": "string",
            "x-known-values": [
              "quick-report-export"
            ],
            "description": "What it does. Open to values never seen. [V]"
          },
          "status": {
            "type": "string",
            "x-known-values": [
              "running"
            ],
            "description": "Open to values never seen. [V]"
          },
          "start_time": {
            "$ref": "#/components/schemas/Timestamp",
            "description": "When it began. [V]"
          }
        }
      },
      "QuickReportExport": {
        "type": "object",
        "description": "What to export of a quick report, and how. [V] Which members are required is not documented; none is here. [?]\nFurther parameters of the report may be added. [V]\n",
        "properties": {
          "name": {
            "type": "string",
            "description": "The name for people. [V] That the export's name begins with it is a choice; the vendor's sample of an\nexport has a name that ends with a date. [?]\n"
          },
          "out": {
            "type": "string",
            "enum": [
              "csv",
              "json"
            ],
            "description": "The format of the file. [V]"
          },
          "source": {
            "type": "string",
            "x-known-values": [
              "hood.campaign-reports"
            ],
            "description": "Where the numbers come from. Open to values never seen. [V]"
          },
          "fields": {
            "type": "string",
            "description": "The columns, joined by commas. [V]"
          },
          "sort": {
            "type": "string",
            "description": "A column to sort by, ascending, or descending after `-`. [V]"
          },
          "resolution": {
            "type": "string",
            "x-known-values": [
              "day"
            ],
            "description": "The unit of time of a row. Open to values never seen. [V]"
          },
          "precision": {
            "type": "integer",
            "minimum": 0,
            "description": "Digits after the decimal point. [V]"
          },
          "filters": {
            "type": "object",
            "description": "Filters of the report's rows, by column, each written as the filters of lists are, such as\n`rf:2025-07-01 00:00:00,2025-07-03 23:59:59`. [V]\n",
            "additionalProperties": {
              "type": "string"
            }
          }
        },
        "additionalProperties": true
      },
      "ErrorBody": {
        "type": "object",
        "description": "`code` and `title` are the only members that every sample has. [S, V]\n",
        "required": [
          "code",
          "title"
        ],
        "properties": {
          "code": {
            "type": "integer",
            "minimum": 400,
            "maximum": 599,
            "description": "Repeats the status code. [S, V]"
          },
          "title": {
            "type": "string",
            "description": "The kind of error, for people. [S, V]"
          },
          "message": {
            "type": "string",
            "description": "More detail. Absent in the sample of a 500. [S]"
          },
          "trace_id": {
            "type": "string",
            "description": "For the vendor's support. Usually a UUID, but `{}` in the sample of a 401. [S, V]"
          }
        }
      }
    },
    "responses": {
      "BadRequest": {
        "description": "The request is not valid. [S]",
        "headers": {
          "X-RateLimit-Limit": {
            "$ref": "#/components/headers/X-RateLimit-Limit"
          },
          "X-RateLimit-Remaining": {
            "$ref": "#/components/headers/X-RateLimit-Remaining"
          },
          "X-RateLimit-Reset": {
            "$ref": "#/components/headers/X-RateLimit-Reset"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorBody"
                },
                {
                  "type": "object",
                  "properties": {
                    "code": {
                      "const": 400
                    }
                  }
                }
              ]
            },
            "examples": {
              "badRequest": {
                "summary": "As in the vendor's sample",
                "value": {
                  "code": 400,
                  "title": "Bad request.",
                  "message": "The request is not valid.",
                  "trace_id": "99a84211-f73d-4ff8-acdf-eb3e06bb9d62"
                }
              }
            }
          }
        }
      },
      "Unauthorized": {
        "description": "No token, or one that is not valid. The body is the key validation endpoint's. [V]",
        "headers": {
          "X-RateLimit-Limit": {
            "$ref": "#/components/headers/X-RateLimit-Limit"
          },
          "X-RateLimit-Remaining": {
            "$ref": "#/components/headers/X-RateLimit-Remaining"
          },
          "X-RateLimit-Reset": {
            "$ref": "#/components/headers/X-RateLimit-Reset"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorBody"
                },
                {
                  "type": "object",
                  "properties": {
                    "code": {
                      "const": 401
                    }
                  }
                }
              ]
            },
            "examples": {
              "unauthorized": {
                "summary": "As on the vendor's page of the key validation",
                "value": {
                  "code": 401,
                  "title": "Unauthorized.",
                  "message": "Unauthorized.",
                  "trace_id": "{}"
                }
              }
            }
          }
        }
      },
      "NotFound": {
        "description": "No such export. Not documented; modelled with the shape of the other errors. [?]",
        "headers": {
          "X-RateLimit-Limit": {
            "$ref": "#/components/headers/X-RateLimit-Limit"
          },
          "X-RateLimit-Remaining": {
            "$ref": "#/components/headers/X-RateLimit-Remaining"
          },
          "X-RateLimit-Reset": {
            "$ref": "#/components/headers/X-RateLimit-Reset"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorBody"
                },
                {
                  "type": "object",
                  "properties": {
                    "code": {
                      "const": 404
                    }
                  }
                }
              ]
            },
            "examples": {
              "notFound": {
                "summary": "An id that the account does not have",
                "value": {
                  "code": 404,
                  "title": "Not found.",
                  "message": "The requested resource was not found.",
                  "trace_id": "99a84211-f73d-4ff8-acdf-eb3e06bb9d62"
                }
              }
            }
          }
        }
      },
      "TooManyRequests": {
        "description": "A rate limit was hit. Carries `Retry-After`, in most cases, and none of the `X-RateLimit-*` headers. [V]\nThe body is not documented; modelled with the shape of the other errors. [?]\n",
        "headers": {
          "Retry-After": {
            "$ref": "#/components/headers/Retry-After"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorBody"
                },
                {
                  "type": "object",
                  "properties": {
                    "code": {
                      "const": 429
                    }
                  }
                }
              ]
            },
            "examples": {
              "tooManyRequests": {
                "summary": "Either window, or the limit on parallel requests",
                "value": {
                  "code": 429,
                  "title": "Too many requests.",
                  "message": "The rate limit was exceeded.",
                  "trace_id": "99a84211-f73d-4ff8-acdf-eb3e06bb9d62"
                }
              }
            }
          }
        }
      },
      "InternalServerError": {
        "description": "The vendor failed. Its sample has no `message`. [S]",
        "headers": {
          "X-RateLimit-Limit": {
            "$ref": "#/components/headers/X-RateLimit-Limit"
          },
          "X-RateLimit-Remaining": {
            "$ref": "#/components/headers/X-RateLimit-Remaining"
          },
          "X-RateLimit-Reset": {
            "$ref": "#/components/headers/X-RateLimit-Reset"
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "allOf": [
                {
                  "$ref": "#/components/schemas/ErrorBody"
                },
                {
                  "type": "object",
                  "properties": {
                    "code": {
                      "const": 500
                    }
                  }
                }
              ]
            },
            "examples": {
              "internalServerError": {
                "summary": "As in the vendor's sample",
                "value": {
                  "code": 500,
                  "title": "Internal server error.",
                  "trace_id": "99a84211-f73d-4ff8-acdf-eb3e06bb9d62"
                }
              }
            }
          }
        }
      }
    },
    "examples": {
      "OnePage": {
        "summary": "Five matches, one of them in this page",
        "value": {
          "total": 5,
          "items": [
            {
              "id": "1000000",
              "company_id": "1000001",
              "creator_id": "1000001",
              "resource": "quick-reports",
              "status": "ready",
              "name": "Christmas list - 22.05.2025 11:44:32",
              "description": "help here",
              "size": 125,
              "extension": "csv",
              "mime_type": "text/csv",
              "download_url": "/v1/hood/customers/exports/1000000/download",
              "attempt_count": 1,
              "download_count": 1,
              "failure_reason": "Export failed due to an internal error. Please try again later.",
              "expire_time": "2021-07-30 12:50:13",
              "create_time": "2021-07-30 12:50:13",
              "update_time": "2021-07-30 12:50:13"
            }
          ]
        }
      },
      "EmptyList": {
        "summary": "No match",
        "value": {
          "total": 0,
          "items": []
        }
      },
      "SelectedFields": {
        "summary": "Only id and name, as asked by `fields`",
        "value": {
          "total": 5,
          "items": [
            {
              "id": "1000000",
              "name": "Christmas list - 22.05.2025 11:44:32"
            }
          ]
        }
      },
      "OneItem": {
        "summary": "One item",
        "value": {
          "total": 1,
          "items": [
            {
              "id": "1000000",
              "company_id": "1000001",
              "creator_id": "1000001",
              "resource": "quick-reports",
              "status": "ready",
              "name": "Christmas list - 22.05.2025 11:44:32",
              "description": "help here",
              "size": 125,
              "extension": "csv",
              "mime_type": "text/csv",
              "download_url": "/v1/hood/customers/exports/1000000/download",
              "attempt_count": 1,
              "download_count": 1,
              "failure_reason": "Export failed due to an internal error. Please try again later.",
              "expire_time": "2021-07-30 12:50:13",
              "create_time": "2021-07-30 12:50:13",
              "update_time": "2021-07-30 12:50:13"
            }
          ]
        }
      },
      "CsvFile": {
        "summary": "A small CSV file",
        "value": "id,name\r\n1,Ana\r\n2,Bogdan\r\n"
      },
      "RunningOperation": {
        "summary": "As in the vendor's sample",
        "value": {
          "id": "0f0ad209-af98-4b29-b710-39d2353b66c6",
          "company_id": "6197120",
          "member_id": "1000223",
          "name": "quick-report-export",
          "status": "running",
          "start_time": "2025-07-28 08:00:35"
        }
      },
      "CampaignReport": {
        "summary": "Three days of a campaign report, as in the vendor's sample",
        "value": {
          "name": "Campaigns of July",
          "out": "csv",
          "source": "hood.campaign-reports",
          "fields": "campaign_name,run_date,unsubscribed,sent,delivered,total_click,click_rate,delivery_rate",
          "sort": "-click_rate",
          "resolution": "day",
          "precision": 4,
          "filters": {
            "event_time": "rf:2025-07-01 00:00:00,2025-07-03 23:59:59",
            "channel_type": "in:push,sms"
          }
        }
      }
    }
  }
}
