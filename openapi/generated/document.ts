// Generated from hood-exports.yaml by `pnpm generate`. Do not edit.

/** The OpenAPI document as a value, for those who cannot read YAML at run time. */
export const document: Readonly<Record<string, unknown>> = {
  "openapi": "3.1.1",
  "info": {
    "title": "Hood exports",
    "version": "1.0.0",
    "summary": "List, view and download the exports of an Ocamba Hood account.",
    "description": "Written by hand from the vendor's public pages. Each description ends with the source of its fact:\n\n- **[S]** the vendor's page \"List Export items\";\n- **[V]** the vendor's other public pages of the same API (view, download, the sibling list pages,\n  key validation, the rate limits guide);\n- **[?]** not documented anywhere: what stands here is this project's choice, made in this one place.\n\nEvery call is counted against two fixed windows of its **account** (see `x-rate-limits`). [S, V]\n",
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
    "parallel": null
  },
  "paths": {
    "/v1/hood/exports": {
      "get": {
        "operationId": "listExports",
        "tags": [
          "Exports"
        ],
        "summary": "List export items",
        "description": "Returns one page of the account's export items. `total` counts every match, not the page. [S]\n\nNo value filter (`status=ready` and the like) is documented: filter the pages that you read. [V]\n",
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
            "$ref": "#/components/parameters/Id"
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
            "$ref": "#/components/parameters/Id"
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
      "Id": {
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
        "description": "Return only these members of each item. Takes precedence over `view`. The vendor's list of\n\"filterable fields: all\" is the list of names that this parameter takes. [V, S]\n",
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
        "description": "`N` or `N,M`: the page number from 1, and the number of items in a page. Without `M` the size depends\non the resource's settings. [V] An upper bound of `M`, and what a page after the last one answers, are\nnot documented. [?]\n",
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
        "description": "Whole seconds to wait. `-1`: the limit on parallel requests was hit and no time can be given; the retry\ndepends on an in-flight request finishing. [V]\n",
        "required": true,
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
            "description": "Only `ready` is documented. Open to values never seen. [S, ?]"
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
            "type": [
              "integer",
              "null"
            ],
            "minimum": 0,
            "description": "The size of the file in bytes. [S] The unit is not said. [?]"
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
            "type": "integer",
            "minimum": 0,
            "description": "How often the export was attempted. [S]"
          },
          "download_count": {
            "type": "integer",
            "minimum": 0,
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
            "type": "integer",
            "minimum": 0,
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
            "properties": {
              "total": {
                "const": 1
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
      "Error": {
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
                  "$ref": "#/components/schemas/Error"
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
                  "$ref": "#/components/schemas/Error"
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
                  "$ref": "#/components/schemas/Error"
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
        "description": "A rate limit was hit. Carries `Retry-After` and none of the `X-RateLimit-*` headers. [V]\nThe body is not documented; modelled with the shape of the other errors. [?]\n",
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
                  "$ref": "#/components/schemas/Error"
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
                  "$ref": "#/components/schemas/Error"
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
      }
    }
  }
}
